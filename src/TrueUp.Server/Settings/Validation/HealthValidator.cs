using TrueUp.Pipelines;

namespace TrueUp.Server.Settings.Validation;

/// <summary>When a server is not ready.</summary>
internal sealed class HealthValidator : ISettingsValidator
{
    public IEnumerable<Finding> Check(SettingsDocument document)
    {
        var health = document.Settings.Health;
        return
        [
            .. health.ProofAge is { } age
                ? SettingsValidation.Range(
                    "health.proof_age",
                    age,
                    TimeSpan.FromMinutes(1),
                    TimeSpan.FromDays(365),
                    Duration.Format
                )
                : [],
            .. health.FeedStall is { } stall
                ? SettingsValidation.Range(
                    "health.feed_stall",
                    stall,
                    TimeSpan.FromSeconds(1),
                    TimeSpan.FromDays(1),
                    Duration.Format
                )
                : [],
        ];
    }
}
