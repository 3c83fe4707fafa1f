using System.Diagnostics.CodeAnalysis;
using TrueUp.Server.Api.Conventions;

namespace TrueUp.Server.Api.Monitoring;

/// <summary>A time before now, in slices.</summary>
/// <param name="Name">As clients write it.</param>
/// <param name="Slice">How long a slice is.</param>
/// <param name="Count">How many slices there are.</param>
internal sealed record Period(string Name, TimeSpan Slice, int Count) : IParsable<Period>, IQueryValue
{
    /// <summary>When nothing is said.</summary>
    public static readonly Period Day = new("24h", TimeSpan.FromHours(1), 24);

    /// <summary>All there are.</summary>
    public static readonly IReadOnlyList<Period> All =
    [
        new("1h", TimeSpan.FromMinutes(5), 12),
        new("6h", TimeSpan.FromMinutes(15), 24),
        Day,
        new("7d", TimeSpan.FromHours(6), 28),
        new("30d", TimeSpan.FromDays(1), 30),
    ];

    /// <inheritdoc />
    public static string Expected => "one of " + string.Join(", ", All.Select(period => period.Name));

    /// <inheritdoc />
    public static IEnumerable<string>? Choices => All.Select(period => period.Name);

    /// <summary>
    /// The bounds of its slices, from the first begin to the last end, which is <paramref name="now"/>.
    /// </summary>
    public IReadOnlyList<DateTimeOffset> Bounds(DateTimeOffset now) =>
        [.. Enumerable.Range(0, Count + 1).Select(i => now - ((Count - i) * Slice))];

    /// <summary>When it begins.</summary>
    public DateTimeOffset From(DateTimeOffset now) => now - (Count * Slice);

    /// <inheritdoc />
    public static Period Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var period) ? period : throw new FormatException($"Expected {Expected}.");

    /// <inheritdoc />
    public static bool TryParse(
        [NotNullWhen(true)] string? s,
        IFormatProvider? provider,
        [MaybeNullWhen(false)] out Period result
    )
    {
        result = All.FirstOrDefault(period => period.Name == s);
        return result is not null;
    }
}
