using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TrueUp.Server.Api.Conventions;

/// <summary>Where a list goes on whose entries are numbered.</summary>
/// <param name="Value">A number.</param>
internal readonly record struct AfterNumber(long Value) : IParsable<AfterNumber>, IQueryValue
{
    /// <inheritdoc />
    public static string Expected => After.Expected;

    /// <summary>As the store takes it.</summary>
    public static string? Text(AfterNumber? after) => after?.Value.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public static AfterNumber Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var after) ? after : throw new FormatException($"Expected {Expected}.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AfterNumber result)
    {
        var parsed = long.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        result = new AfterNumber(value);
        return parsed;
    }
}
