using TrueUp.Pipelines;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Settings.Validation;

/// <summary>How much runs, how servers share it, and what is retried.</summary>
internal sealed class WorkValidator : ISettingsValidator
{
    private static readonly TimeSpan LeaseMin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan GraceMax = TimeSpan.FromMinutes(10);

    public IEnumerable<Finding> Check(SettingsDocument document)
    {
        var (concurrency, recovery, cluster) = (
            document.Settings.Concurrency,
            document.Settings.Recovery,
            document.Settings.Cluster
        );
        return
        [
            .. SettingsValidation.Range("concurrency.server", concurrency.Server, 1, 1000),
            .. SettingsValidation.Range("concurrency.cluster", concurrency.Cluster, 0, 10_000),
            .. SettingsValidation.Range(
                "recovery.retry_after",
                recovery.RetryAfter,
                TimeSpan.FromSeconds(1),
                TimeSpan.FromDays(1),
                Duration.Format
            ),
            .. SettingsValidation.Range("recovery.retries_max", recovery.RetriesMax, 0, 100),
            .. SettingsValidation.Range("cluster.lease", cluster.Lease, LeaseMin, JobClaims.LeaseMax, Duration.Format),
            .. SettingsValidation.Range("cluster.grace", cluster.Grace, TimeSpan.Zero, GraceMax, Duration.Format),
        ];
    }
}
