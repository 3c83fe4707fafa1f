using System.Runtime.CompilerServices;
using TrueUp.Sides;
using TrueUp.Store.Audit;
using TrueUp.Store.Database;
using TrueUp.Store.Records;

namespace TrueUp.Store.Queries;

/// <summary>
/// Finds what became of single records, in the runs' segment files. An index in them leads a search by key past nearly
/// all blocks that do not hold it.
/// </summary>
public sealed class RecordQueries
{
    private readonly StoreContext _context;

    internal RecordQueries(StoreContext context) => _context = context;

    /// <summary>
    /// The entries that match, run by run from the newest, in the order they were made within a run. The caller stops
    /// when it has enough. A run in progress shows what it has written so far.
    /// </summary>
    /// <exception cref="SideException">A file is damaged (<c>record_log_damaged</c>).</exception>
    public async IAsyncEnumerable<RecordEntry> ReadAsync(
        RecordQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(query);
        var filter = new RecordFilter(query.Key, query.Unit, query.Operation, query.Succeeded, query.From, query.To);
        foreach (var runId in await RunsAsync(query, cancellationToken))
        {
            foreach (var entry in Read(runId, filter))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
            }
        }
    }

    /// <summary>
    /// The runs a query looks through, newest first: for callers that look through them in portions.
    /// </summary>
    public async ValueTask<IReadOnlyList<string>> ListRunsAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return await RunsAsync(query, cancellationToken);
    }

    /// <summary>Whether a run has an entry for a key.</summary>
    internal bool Contains(string runId, string key) =>
        Read(runId, new RecordFilter(key, null, null, null, null, null)).Any();

    private IEnumerable<RecordEntry> Read(string runId, RecordFilter filter)
    {
        var folder = _context.RecordsOf(runId);
        return RunIds.IsValid(runId) && Directory.Exists(folder)
            ? Directory
                .GetFiles(folder, "*" + SegmentWriter.Extension)
                .Order(StringComparer.Ordinal)
                .SelectMany(file => new SegmentReader(file, runId).Read(filter))
            : [];
    }

    /// <summary>
    /// The runs whose entries can match: begun before the end of the time range, not ended before its beginning.
    /// </summary>
    private async ValueTask<List<string>> RunsAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        var conditions = new Conditions(_context.Database)
            .Equal("id", query.RunId)
            .Add("id <= {0}", query.UpToRun)
            .Equal("pipeline", query.Pipeline)
            .In("pipeline", query.Among)
            .Add("created_at < {0}", query.To)
            .Add("(end_time IS NULL OR updated_at >= {0})", query.From);
        var limit = query.RunsMax is null ? "" : "LIMIT @runsMax";
        conditions.Parameters.Add("@runsMax", query.RunsMax);
        return await _context.Database.QueryAsync(
            $"SELECT id FROM sync_audit_logs {conditions.Where} ORDER BY id DESC {limit}",
            conditions.Parameters,
            row => row.Text("id"),
            cancellationToken
        );
    }
}
