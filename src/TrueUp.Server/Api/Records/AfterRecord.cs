using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TrueUp.Server.Api.Conventions;

namespace TrueUp.Server.Api.Records;

/// <summary>Where a list of records goes on: in which run, after how many of its entries.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Skip">How many entries of it were shown.</param>
internal readonly record struct AfterRecord(string RunId, int Skip) : IParsable<AfterRecord>, IQueryValue
{
    /// <inheritdoc />
    public static string Expected => After.Expected;

    /// <summary>As clients get it.</summary>
    public string Text => $"{RunId}-{Skip.ToString(CultureInfo.InvariantCulture)}";

    /// <inheritdoc />
    public static AfterRecord Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var after) ? after : throw new FormatException($"Expected {Expected}.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AfterRecord result)
    {
        var parts = (s ?? "").Split('-');
        var skip = 0;
        var parsed =
            parts.Length == 2
            && After.IsId(parts[0])
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out skip);
        result = parsed ? new AfterRecord(parts[0], skip) : default;
        return parsed;
    }
}
