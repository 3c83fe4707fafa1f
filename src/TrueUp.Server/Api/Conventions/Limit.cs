using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TrueUp.Server.Api.Conventions;

/// <summary>How many entries of a list are wanted.</summary>
/// <param name="Value">From 1 to <see cref="Max"/>.</param>
internal readonly record struct Limit(int Value) : IParsable<Limit>, IQueryValue
{
    /// <summary>Entries of a page at most.</summary>
    public const int Max = 1000;

    /// <summary>Entries of a page when nothing is said.</summary>
    public const int Default = 50;

    /// <inheritdoc />
    public static string Expected => $"a number from 1 to {Max}";

    /// <summary>The number that was given, or the usual one.</summary>
    public static int Of(Limit? limit) => limit?.Value ?? Default;

    /// <inheritdoc />
    public static Limit Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var limit) ? limit : throw new FormatException($"Expected {Expected}.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Limit result)
    {
        var parsed = int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        result = new Limit(value);
        return parsed && value is >= 1 and <= Max;
    }
}
