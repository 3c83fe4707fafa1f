using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Server.Api;

/// <summary>
/// Errors as RFC 9457 problem details: <c>type</c>, <c>title</c>, <c>status</c>, <c>detail</c>, and of ours <c>code</c>
/// (for machines), <c>suggestion</c> (what to do next) and <c>findings</c>.
/// </summary>
internal static class Problems
{
    /// <summary>A problem.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">What it is, for machines, in snake_case.</param>
    /// <param name="detail">What it is, for people; cleaned of secrets here.</param>
    /// <param name="suggestion">What to do next.</param>
    /// <param name="findings">What is wrong in detail.</param>
    /// <param name="more">Further members.</param>
    public static ProblemHttpResult Of(
        int status,
        string code,
        string detail,
        string suggestion,
        IReadOnlyList<Finding>? findings = null,
        IReadOnlyDictionary<string, object?>? more = null
    )
    {
        var extensions = new Dictionary<string, object?> { ["code"] = code, ["suggestion"] = suggestion };
        if (findings is not null)
        {
            extensions["findings"] = findings.Select(FindingBody.Of).ToList();
        }
        foreach (var (name, value) in more ?? new Dictionary<string, object?>())
        {
            extensions[name] = value;
        }
        return TypedResults.Problem(Redaction.Clean(detail), statusCode: status, extensions: extensions);
    }

    /// <summary>What is asked for is not there.</summary>
    /// <param name="what">Such as <c>run</c>.</param>
    /// <param name="list">Where to look for what there is.</param>
    public static ProblemHttpResult NotFound(string what, string list) =>
        Of(StatusCodes.Status404NotFound, "not_found", $"There is no such {what}.", $"See {list} for those there are.");

    /// <summary>What is asked is not understood.</summary>
    public static ProblemHttpResult BadRequest(IReadOnlyList<Finding> findings) =>
        Of(
            StatusCodes.Status400BadRequest,
            "bad_request",
            findings.Count == 1 ? findings[0].Message : $"The request has {findings.Count} mistakes.",
            findings.Count == 1 ? findings[0].Suggestion : "Each finding says what to change.",
            findings
        );

    /// <summary>It cannot be done as things stand.</summary>
    public static ProblemHttpResult Conflict(string code, string detail, string suggestion) =>
        Of(StatusCodes.Status409Conflict, code, detail, suggestion);

    /// <summary>The control database cannot be used just now.</summary>
    public static ProblemHttpResult Of(SideException error) =>
        Of(StatusCodes.Status503ServiceUnavailable, error.Code, error.Message, error.Suggestion);
}
