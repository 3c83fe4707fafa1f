using TrueUp.Server.Pipelines;
using TrueUp.Server.Settings;
using TrueUp.Store;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Api.Jobs;

/// <summary>Takes pictures of the queue.</summary>
internal sealed class QueuePictures(
    TrueUpHome home,
    PipelineCatalog catalog,
    SettingsBoard settings,
    TimeProvider clock
)
{
    /// <summary>The queue as it is now, the first thousand jobs that wait.</summary>
    public async ValueTask<QueuePicture> TakeAsync(CancellationToken cancellationToken)
    {
        var running = await home.Queue.ListAsync(
            new JobQuery { State = JobState.Running, Limit = JobQueue.LimitMax },
            cancellationToken
        );
        var waiting = await home.Queue.WaitingAsync(JobQueue.LimitMax, cancellationToken);
        var nodes = await home.Nodes.ListAsync(cancellationToken);
        string[] pipelines = [.. running.Items.Concat(waiting).Select(job => job.Pipeline).Distinct()];
        return new QueuePicture(
            clock.GetUtcNow(),
            running.Items,
            waiting,
            await home.Pipelines.LoadsAsync(pipelines, cancellationToken),
            name => catalog.Find(name) is not null,
            PlacesOf(nodes)
        );
    }

    private int PlacesOf(IReadOnlyList<Node> nodes)
    {
        var places = nodes.Where(node => node.IsAlive && node.State == NodeState.Active).Sum(node => node.RunningMax);
        var clusterMax = settings.Current.Concurrency.Cluster;
        return clusterMax == 0 ? places : Math.Min(places, clusterMax);
    }
}
