namespace TrueUp.Server.Settings;

/// <summary>How long what the control database holds is kept as it is.</summary>
public sealed record RetentionSettings
{
    /// <summary>Days until the audit of a run is archived.</summary>
    public int AuditDays { get; init; } = 90;

    /// <summary>Days until metrics are aggregated.</summary>
    public int MetricsDays { get; init; } = 90;

    /// <summary>Days until an alert nobody acknowledged counts as acknowledged.</summary>
    public int AlertsDays { get; init; } = 30;
}
