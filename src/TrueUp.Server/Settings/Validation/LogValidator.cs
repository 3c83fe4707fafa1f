using TrueUp.Pipelines;

namespace TrueUp.Server.Settings.Validation;

/// <summary>How much is logged and kept.</summary>
internal sealed class LogValidator : ISettingsValidator
{
    private const long SizeMin = 64 << 10;
    private const long SizeMax = 1 << 30;

    public IEnumerable<Finding> Check(SettingsDocument document)
    {
        var logs = document.Settings.Logs;
        return
        [
            .. SettingsValidation.Range(
                "logs.size",
                logs.SizeBytes,
                SizeMin,
                SizeMax,
                size => size == SizeMin ? "64KB" : "1GB"
            ),
            .. SettingsValidation.Range("logs.backups", logs.Backups, 0, 1000),
            .. SettingsValidation.Range("logs.days", logs.Days, 1, 3650),
        ];
    }
}
