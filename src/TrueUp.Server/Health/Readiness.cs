using Microsoft.Extensions.Hosting;
using TrueUp.Server.Metrics;
using TrueUp.Server.Queue;
using TrueUp.Server.Settings;

namespace TrueUp.Server.Health;

/// <summary>Whether a server should get work and requests.</summary>
internal sealed class Readiness(
    IHostApplicationLifetime lifetime,
    DispatcherState dispatcher,
    PipelineReadings readings,
    ProofAges ages,
    FeedBoard feeds,
    SettingsBoard settings
)
{
    /// <summary>Why not, as codes without names: anybody may read them. Empty when it is.</summary>
    public async ValueTask<IReadOnlyList<string>> ObstaclesAsync(CancellationToken cancellationToken)
    {
        if (!lifetime.ApplicationStarted.IsCancellationRequested)
        {
            return ["starting"];
        }
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return ["stopping"];
        }
        var reading = await readings.FreshAsync(cancellationToken);
        if (reading.Problem is not null)
        {
            return ["control_database"];
        }
        var obstacles = new List<string>();
        var health = settings.Current.Health;
        Add("draining", dispatcher.IsDraining);
        Add("stale_proof", health.ProofAge is { } proof && ages.Of(reading).Any(age => age.IsStale(proof)));
        Add("stalled_feed", health.FeedStall is { } stall && feeds.Stalled(stall).Count > 0);
        return obstacles;

        void Add(string code, bool holds)
        {
            if (holds)
            {
                obstacles.Add(code);
            }
        }
    }
}
