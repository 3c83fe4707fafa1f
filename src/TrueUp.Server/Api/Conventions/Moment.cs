using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TrueUp.Server.Api.Conventions;

/// <summary>A time in a query: ISO 8601 with a zone, or a day, which begins at midnight UTC.</summary>
/// <param name="Value">The time in UTC.</param>
internal readonly record struct Moment(DateTimeOffset Value) : IParsable<Moment>, IQueryValue
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <inheritdoc />
    public static string Expected => "a time in ISO 8601 with its zone, such as 2026-01-31T12:00:00Z";

    /// <inheritdoc />
    public static Moment Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var moment) ? moment : throw new FormatException($"Expected {Expected}.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Moment result)
    {
        var parsed = DateTimeOffset.TryParseExact(
            s,
            Formats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        );
        result = new Moment(time);
        return parsed && (s!.Length == "yyyy-MM-dd".Length || HasZone(s));
    }

    private static bool HasZone(string text) => text[^1] == 'Z' || text[^6] is '+' or '-';
}
