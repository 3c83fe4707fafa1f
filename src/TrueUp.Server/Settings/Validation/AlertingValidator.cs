using TrueUp.Pipelines;

namespace TrueUp.Server.Settings.Validation;

/// <summary>From when on something is worth an alert (P43, P44).</summary>
internal sealed class AlertingValidator : ISettingsValidator
{
    public IEnumerable<Finding> Check(SettingsDocument document)
    {
        var alerting = document.Settings.Alerting;
        return
        [
            .. SettingsValidation.Range("alerting.consecutive_failures", alerting.ConsecutiveFailures, 1, 1000),
            .. SettingsValidation.Range("alerting.gap_threshold", alerting.GapThreshold, 0, 1_000_000_000),
            .. SettingsValidation.Range(
                "alerting.no_sync_threshold_minutes",
                alerting.NoSyncThresholdMinutes,
                1,
                365 * 24 * 60
            ),
        ];
    }
}
