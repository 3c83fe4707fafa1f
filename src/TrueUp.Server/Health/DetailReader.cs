using TrueUp.Server.Metrics;
using TrueUp.Server.Pipelines;
using TrueUp.Server.Queue;
using TrueUp.Server.Security;
using TrueUp.Server.Settings;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Health;

/// <summary>Puts together what <c>/health/detailed</c> adds. Asks no store that was not asked already.</summary>
internal sealed class DetailReader(
    ServerNode node,
    DispatcherState dispatcher,
    SettingsBoard settings,
    PipelineCatalog catalog,
    RunTallies tallies,
    HostReader host,
    DiskProbe disk,
    TimeProvider clock
)
{
    public HealthDetails Read(PipelineReading reading, Caller caller)
    {
        var (free, size) = disk.Space();
        return new HealthDetails(
            node.Version,
            node.Name,
            Math.Round((clock.GetUtcNow() - node.StartedAt).TotalSeconds, 1),
            new(Math.Round(Environment.CpuUsage.TotalTime.TotalSeconds, 2), Environment.ProcessorCount),
            new(
                Environment.WorkingSet,
                GC.GetTotalMemory(false),
                host.MemoryBytes("MemTotal"),
                host.MemoryBytes("MemAvailable")
            ),
            new(free, size),
            new(
                dispatcher.Running,
                settings.Current.Concurrency.Server,
                ThreadPool.ThreadCount,
                ThreadPool.PendingWorkItemCount
            ),
            Enum.GetValues<JobPriority>().ToDictionary(Name, priority => Waiting(reading, priority)),
            [.. reading.Nodes.Select(Body)],
            Pipelines(reading, caller)
        );
    }

    private List<HealthDetails.PipelineBody> Pipelines(PipelineReading reading, Caller caller)
    {
        var known = reading.Pipelines.ToDictionary(status => status.Pipeline, StringComparer.Ordinal);
        return
        [
            .. catalog
                .Current.Keys.Where(caller.MaySee)
                .Select(name =>
                {
                    var status = known.GetValueOrDefault(name);
                    var (runs, rate) = tallies.Of(name);
                    return new HealthDetails.PipelineBody(
                        name,
                        status?.LastStatus is { } last ? Name(last) : null,
                        runs,
                        Math.Round(rate, 4),
                        status?.ProofAgeSeconds,
                        status?.IsPaused ?? false
                    );
                }),
        ];
    }

    private static HealthDetails.NodeBody Body(Node node) =>
        new(node.Name, node.Version, Name(node.State), node.IsAlive, node.Running, node.RunningMax);

    private static long Waiting(PipelineReading reading, JobPriority priority) =>
        reading.Backlog.Where(backlog => backlog.Priority == priority).Sum(backlog => backlog.Waiting);

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
