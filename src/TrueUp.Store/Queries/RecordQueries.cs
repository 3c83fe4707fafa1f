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
        foreach (var runId in await ListRunsAsync(query, cancellationToken))
        {
            foreach (var entry in ReadRun(runId, query))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
            }
        }
    }

    /// <summary>
    /// The entries of one run that match, in the order they were made: for callers that look through the runs of
    /// <see cref="ListRunsAsync"/> in portions. Which run is looked at is up to the caller alone.
    /// </summary>
    /// <exception cref="SideException">A file is damaged (<c>record_log_damaged</c>).</exception>
    public IEnumerable<RecordEntry> ReadRun(string runId, RecordQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Read(
            runId,
            new RecordFilter(query.Key, query.Unit, query.Operation, query.Succeeded, query.From, query.To)
        );
    }

    /// <summary>
    /// The runs whose entries can match, newest first: begun before the end of the time range, not ended before its
    /// beginning.
    /// </summary>
    public async ValueTask<IReadOnlyList<string>> ListRunsAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
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
}
