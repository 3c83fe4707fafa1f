using TrueUp.Audit;
using TrueUp.Store.Database;

namespace TrueUp.Store.Queries;

/// <summary>
/// Records that could not be synchronised. Each run tries them again by itself; a letter is settled when a complete
/// reading of its unit no longer brings it up, or when somebody discards it. A discarded letter stays so until its
/// record changes.
/// </summary>
public sealed class DeadLetters
{
    private const string Columns = """
        id, pipeline, unit, record_key, state, issue, reason, column_name, line, ordinal, attempts,
        first_seen, last_seen, last_run_id, settled_at, settled_by, settled_reason
        """;

    private readonly StoreContext _context;

    internal DeadLetters(StoreContext context) => _context = context;

    /// <summary>The letters that match, newest first.</summary>
    public async ValueTask<Page<DeadLetterEntry>> ListAsync(DeadLetterQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        var conditions = new Conditions(_context.Database)
            .Equal("pipeline", query.Pipeline)
            .In("pipeline", query.Among)
            .Equal("unit", query.Unit)
            .Equal("record_key", _context.Database.Key(query.Key))
            .Equal("state", query.State?.ToString().ToLowerInvariant())
            .Equal("issue", query.Issue)
            .From("last_seen", query.From)
            .To("last_seen", query.To)
            .Add("id < {0}", Cursor.Read(query.After));
        conditions.Parameters.Add("@limit", query.Limit + 1);
        var raw = query.WithRaw ? "raw" : "NULL AS raw";
        var found = await _context.Database.QueryAsync(
            $"SELECT {Columns}, {raw} FROM dead_letters {conditions.Where} ORDER BY id DESC LIMIT @limit",
            conditions.Parameters,
            Read,
            cancellationToken
        );
        return Cursor.Page(found, query.Limit, letter => letter.Id);
    }

    /// <summary>A letter with its record, or null.</summary>
    public async ValueTask<DeadLetterEntry?> FindAsync(long id, CancellationToken cancellationToken)
    {
        var found = await _context.Database.QueryAsync(
            $"SELECT {Columns}, raw FROM dead_letters WHERE id = @id",
            new { id },
            Read,
            cancellationToken
        );
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>How many letters of a pipeline are pending.</summary>
    public async ValueTask<long> CountPendingAsync(string pipeline, CancellationToken cancellationToken)
    {
        var counts = await _context.Database.QueryAsync(
            "SELECT count(*) AS pending FROM dead_letters WHERE pipeline = @pipeline AND state = 'pending'",
            new { pipeline },
            row => row.Number("pending"),
            cancellationToken
        );
        return counts[0];
    }

    /// <summary>Gives a letter up, durably.</summary>
    /// <param name="id">The letter's number.</param>
    /// <param name="reason">Why.</param>
    /// <param name="who">Who says so.</param>
    /// <param name="cancellationToken">Ends the waiting for the database.</param>
    /// <returns>False when there is no such letter, or it is settled already.</returns>
    public async ValueTask<bool> DiscardAsync(long id, string reason, string who, CancellationToken cancellationToken)
    {
        var row = new
        {
            id,
            reason = Redaction.Clean(reason),
            who,
            now = _context.Database.Time(_context.Clock.GetUtcNow()),
        };
        var changed = 0;
        await _context.Writer.RunAsync(
            transaction =>
                changed = transaction.Execute(
                    """
                    UPDATE dead_letters
                    SET state = 'discarded', settled_at = @now, settled_by = @who, settled_reason = @reason
                    WHERE id = @id AND state = 'pending'
                    """,
                    row
                ),
            durable: true,
            cancellationToken
        );
        return changed > 0;
    }

    private static DeadLetterEntry Read(RowReader row) =>
        new()
        {
            Id = row.Number("id"),
            Pipeline = row.Text("pipeline"),
            Unit = row.Text("unit"),
            Key = row.Text("record_key"),
            State = row.Name<LetterState>("state"),
            Issue = row.Text("issue"),
            Reason = row.Text("reason"),
            Column = row.TextOrNull("column_name"),
            Line = row.Number("line"),
            Ordinal = row.Number("ordinal"),
            Raw = row.TextOrNull("raw"),
            Attempts = (int)row.Number("attempts"),
            FirstSeen = row.Time("first_seen"),
            LastSeen = row.Time("last_seen"),
            LastRunId = row.Text("last_run_id"),
            SettledAt = row.TimeOrNull("settled_at"),
            SettledBy = row.TextOrNull("settled_by"),
            SettledReason = row.TextOrNull("settled_reason"),
        };
}
