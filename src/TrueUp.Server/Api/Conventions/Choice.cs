using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace TrueUp.Server.Api.Conventions;

/// <summary>One of an enumeration's names in a query, as the API writes it (<c>IN_PROGRESS</c>), in any case.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
/// <param name="Value">Which.</param>
internal readonly record struct Choice<T>(T Value) : IParsable<Choice<T>>, IQueryValue
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Names = Enum.GetValues<T>()
        .ToDictionary(
            value => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString()),
            value => value,
            StringComparer.OrdinalIgnoreCase
        );

    /// <inheritdoc />
    public static IEnumerable<string>? Choices => Names.Keys;

    /// <inheritdoc />
    public static string Expected => "one of " + string.Join(", ", Names.Keys);

    /// <inheritdoc />
    public static Choice<T> Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var choice) ? choice : throw new FormatException($"Expected {Expected}.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Choice<T> result)
    {
        var known = Names.TryGetValue(s ?? "", out var value);
        result = new Choice<T>(value);
        return known;
    }
}
