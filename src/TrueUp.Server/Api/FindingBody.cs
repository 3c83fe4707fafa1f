using TrueUp.Pipelines;

namespace TrueUp.Server.Api;

/// <summary>A finding as clients get it: the file's name without its folder.</summary>
internal sealed record FindingBody(
    string Code,
    string Severity,
    string? File,
    int? Line,
    string? Path,
    string Message,
    string Suggestion
)
{
    public static FindingBody Of(Finding finding) =>
        new(
            finding.Code,
            finding.IsError ? "error" : "warning",
            System.IO.Path.GetFileName(finding.File),
            finding.Line,
            finding.Path,
            finding.Message,
            finding.Suggestion
        );
}
