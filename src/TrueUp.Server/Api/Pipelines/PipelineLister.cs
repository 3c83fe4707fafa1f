using TrueUp.Server.Security;
using TrueUp.Store;
using TrueUp.Store.Jobs;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Pipelines;

/// <summary>Puts together what files, the control database and the queue know of pipelines.</summary>
internal static class PipelineLister
{
    /// <summary>Every pipeline somebody may see, by name.</summary>
    public static async ValueTask<List<PipelineBody>> AllAsync(
        PipelineBook book,
        TrueUpHome home,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var statuses = (await home.Pipelines.StatusAsync(null, cancellationToken)).ToDictionary(
            status => status.Pipeline,
            StringComparer.Ordinal
        );
        var open = await OpenJobsAsync(home, cancellationToken);
        return
        [
            .. book
                .Entries.Select(entry => entry.Name)
                .Union(statuses.Keys, StringComparer.Ordinal)
                .Where(caller.MaySee)
                .Order(StringComparer.Ordinal)
                .Select(name =>
                    PipelineBody.Of(
                        name,
                        book.Find(name),
                        statuses.GetValueOrDefault(name),
                        open.GetValueOrDefault(name)
                    )
                ),
        ];
    }

    /// <summary>One pipeline that is known to exist.</summary>
    public static async ValueTask<PipelineBody> OneAsync(
        string name,
        PipelineBook book,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        var statuses = await home.Pipelines.StatusAsync(name, cancellationToken);
        var open = await home.Queue.OpenAsync(name, cancellationToken);
        return PipelineBody.Of(name, book.Find(name), statuses.Count == 0 ? null : statuses[0], open);
    }

    /// <summary>The entries in an order.</summary>
    public static IEnumerable<PipelineBody> Order(IEnumerable<PipelineBody> pipelines, PipelineOrder order) =>
        order switch
        {
            PipelineOrder.State => pipelines.OrderBy(pipeline => pipeline.State),
            PipelineOrder.LastSync => pipelines.OrderByDescending(pipeline => pipeline.LastSync),
            PipelineOrder.ProofAge => pipelines.OrderBy(pipeline => pipeline.ProvenAt),
            _ => pipelines,
        };

    private static async ValueTask<Dictionary<string, Job>> OpenJobsAsync(
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        var open = new Dictionary<string, Job>(StringComparer.Ordinal);
        foreach (var job in await home.Queue.WaitingAsync(JobQueue.LimitMax, cancellationToken))
        {
            open[job.Pipeline] = job;
        }
        var running = new JobQuery { State = JobState.Running, Limit = JobQueue.LimitMax };
        foreach (var job in (await home.Queue.ListAsync(running, cancellationToken)).Items)
        {
            open[job.Pipeline] = job;
        }
        return open;
    }
}
