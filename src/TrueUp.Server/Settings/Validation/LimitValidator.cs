using TrueUp.Pipelines;

namespace TrueUp.Server.Settings.Validation;

/// <summary>What a client of the API may ask for.</summary>
internal sealed class LimitValidator : ISettingsValidator
{
    private const long BodyMin = 1 << 10;
    private const long BodyMax = 64 << 20;

    public IEnumerable<Finding> Check(SettingsDocument document)
    {
        var limits = document.Settings.Limits;
        return
        [
            .. SettingsValidation.Range("limits.requests_per_minute", limits.RequestsPerMinute, 0, 1_000_000),
            .. SettingsValidation.Range(
                "limits.body_bytes",
                limits.BodyBytes,
                BodyMin,
                BodyMax,
                size => size == BodyMin ? "1KB" : "64MB"
            ),
        ];
    }
}
