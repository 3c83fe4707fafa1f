using TrueUp.Pipelines;

namespace TrueUp.Cli.Output;

/// <summary>A finding as JSON has it.</summary>
internal sealed record FindingBody(
    string Code,
    string Severity,
    string Message,
    string Suggestion,
    string? File,
    int? Line,
    string? Path
)
{
    /// <summary>The JSON form of a finding.</summary>
    public static FindingBody Of(Finding finding) =>
        new(
            finding.Code,
            finding.IsError ? "error" : "warning",
            finding.Message,
            finding.Suggestion,
            finding.File,
            finding.Line,
            finding.Path
        );

    /// <summary>The JSON form of findings.</summary>
    public static IReadOnlyList<FindingBody> OfAll(IEnumerable<Finding> findings) => [.. findings.Select(Of)];
}
