using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Records;

/// <summary>
/// Pages of records. Records lie in files of their runs, so that a search looks through one run after the other: a page
/// ends when it is full or after so many runs, and may be short and still have a next one.
/// </summary>
internal static class RecordPages
{
    /// <summary>Runs that one page looks through.</summary>
    public const int RunsMax = 200;

    /// <summary>A page.</summary>
    public static async ValueTask<Page<RecordBody>> ReadAsync(
        RecordQueries records,
        RecordQuery query,
        int limit,
        AfterRecord? after,
        CancellationToken cancellationToken
    )
    {
        var window = query with { UpToRun = after?.RunId, RunsMax = RunsMax + 1 };
        var runs = await records.ListRunsAsync(window, cancellationToken);
        var items = new List<RecordBody>();
        foreach (var runId in runs.Take(RunsMax))
        {
            var skip = runId == after?.RunId ? after.Value.Skip : 0;
            var seen = 0;
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var entry in records.ReadRun(runId, query))
            {
                if (seen++ < skip)
                {
                    continue;
                }
                if (items.Count == limit)
                {
                    return new Page<RecordBody>(items, new AfterRecord(runId, seen - 1).Text);
                }
                items.Add(RecordBody.Of(entry));
            }
        }
        return new Page<RecordBody>(items, runs.Count > RunsMax ? new AfterRecord(runs[RunsMax], 0).Text : null);
    }
}
