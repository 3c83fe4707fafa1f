using TrueUp.Sides;

namespace TrueUp.Audit;

/// <summary>An error as the audit keeps it.</summary>
/// <param name="Unit">The unit it happened in.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">What failed.</param>
/// <param name="Suggestion">What to do next.</param>
public sealed record AuditError(string Unit, ErrorType Type, Severity Severity, string Message, string Suggestion)
{
    /// <summary>The affected record, or null.</summary>
    public string? Key { get; init; }

    /// <summary>Where in the code, or null.</summary>
    public string? StackTrace { get; init; }
}
