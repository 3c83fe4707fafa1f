using System.Text.Json.Serialization;

namespace TrueUp.Server.Health;

/// <summary>The answer of <c>/health</c>.</summary>
internal sealed record HealthBody(
    string Status,
    DateTimeOffset Timestamp,
    IReadOnlyDictionary<string, CheckBody> Checks
)
{
    /// <summary>What the answer of <c>/health/detailed</c> adds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HealthDetails? Details { get; init; }

    /// <summary>A report as a body.</summary>
    /// <param name="report">The report.</param>
    /// <param name="withMessages">Whether whoever asks may know more than how well things are.</param>
    public static HealthBody Of(HealthReport report, bool withMessages) =>
        new(
            Name(report.Status),
            report.Timestamp,
            report.Checks.ToDictionary(
                check => check.Name,
                check => new CheckBody(
                    Name(check.Result.Status),
                    withMessages ? check.Result.Message : Name(check.Result.Status),
                    Math.Round(check.ResponseTime.TotalMilliseconds, 1)
                ),
                StringComparer.Ordinal
            )
        );

    private static string Name(HealthStatus status) => status.ToString().ToLowerInvariant();
}
