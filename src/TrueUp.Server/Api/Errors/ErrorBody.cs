using TrueUp.Audit;
using TrueUp.Server.Security;
using TrueUp.Sides;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Errors;

/// <summary>An error as clients get it, cleaned of secrets and personal data.</summary>
internal sealed record ErrorBody
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The run, or null.</summary>
    public string? RunId { get; init; }

    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The unit; empty when the pipeline has one part only.</summary>
    public required string Unit { get; init; }

    /// <summary>The kind.</summary>
    public required ErrorType ErrorType { get; init; }

    /// <summary>How bad.</summary>
    public required Severity Severity { get; init; }

    /// <summary>What failed; for viewers without the record's key.</summary>
    public required string Message { get; init; }

    /// <summary>What to do next, or null.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The affected record; null when there is none, and for viewers.</summary>
    public string? RecordKey { get; init; }

    /// <summary>Where in the code; null when it is not known, and for viewers.</summary>
    public string? StackTrace { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When somebody marked it resolved, or null.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Who did, or null.</summary>
    public string? ResolvedBy { get; init; }

    /// <summary>What they noted, or null.</summary>
    public string? ResolutionNotes { get; init; }

    public static ErrorBody Of(ErrorEntry error, Caller caller)
    {
        var isOperator = caller.Is(Roles.Operator);
        return new ErrorBody
        {
            Id = error.Id,
            RunId = error.RunId,
            Pipeline = error.Pipeline,
            Unit = error.Unit,
            ErrorType = error.Type,
            Severity = error.Severity,
            Message = isOperator ? error.Message : WithoutKey(error.Message, error.Key),
            Suggestion = isOperator ? error.Suggestion : WithoutKey(error.Suggestion, error.Key),
            RecordKey = isOperator ? error.Key : null,
            StackTrace = isOperator ? error.StackTrace : null,
            OccurredAt = error.OccurredAt,
            ResolvedAt = error.ResolvedAt,
            ResolvedBy = error.ResolvedBy,
            ResolutionNotes = error.ResolutionNotes,
        };
    }

    public static Page<ErrorBody> Page(Page<ErrorEntry> page, Caller caller) =>
        new([.. page.Items.Select(error => Of(error, caller))], page.Next);

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    private static string? WithoutKey(string? text, string? key) =>
        string.IsNullOrEmpty(key) ? text : text?.Replace(key, "…", StringComparison.Ordinal);
}
