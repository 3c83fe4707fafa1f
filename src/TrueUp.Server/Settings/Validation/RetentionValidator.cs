using TrueUp.Pipelines;

namespace TrueUp.Server.Settings.Validation;

/// <summary>How long what is recorded is kept.</summary>
internal sealed class RetentionValidator : ISettingsValidator
{
    private const int DaysMax = 3650;

    public IEnumerable<Finding> Check(SettingsDocument document)
    {
        var retention = document.Settings.Retention;
        return
        [
            .. SettingsValidation.Range("retention.audit_days", retention.AuditDays, 1, DaysMax),
            .. SettingsValidation.Range("retention.metrics_days", retention.MetricsDays, 1, DaysMax),
            .. SettingsValidation.Range("retention.alerts_days", retention.AlertsDays, 1, DaysMax),
        ];
    }
}
