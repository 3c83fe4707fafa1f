using TrueUp.Audit;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Monitoring;

/// <summary>An alert (P21).</summary>
/// <param name="Id">Its number.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Type">What kind, such as <c>consecutive_failures</c>.</param>
/// <param name="EntityType">The pipeline, or null.</param>
/// <param name="Message">What it says.</param>
/// <param name="CreatedAt">When.</param>
internal sealed record AlertBody(
    long Id,
    Severity Severity,
    string Type,
    string? EntityType,
    string Message,
    DateTimeOffset CreatedAt
)
{
    public static AlertBody Of(AlertEntry alert) =>
        new(alert.Id, alert.Severity, alert.Type, alert.Pipeline, alert.Message, alert.CreatedAt);
}
