using TrueUp.Audit;

namespace TrueUp.Store.Queries;

/// <summary>An alert that was raised.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Type">What kind, such as <c>consecutive_failures</c>.</param>
/// <param name="Pipeline">The pipeline, or null for none.</param>
/// <param name="Message">What it says.</param>
/// <param name="IsAcknowledged">Whether somebody has seen it.</param>
/// <param name="CreatedAt">When it was raised (UTC).</param>
public sealed record AlertEntry(
    long Id,
    Severity Severity,
    string Type,
    string? Pipeline,
    string Message,
    bool IsAcknowledged,
    DateTimeOffset CreatedAt
);
