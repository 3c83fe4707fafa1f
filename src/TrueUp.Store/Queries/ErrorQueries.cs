using System.Globalization;
using TrueUp.Audit;
using TrueUp.Sides;
using TrueUp.Store.Database;

namespace TrueUp.Store.Queries;

/// <summary>Finds errors and marks them resolved.</summary>
public sealed class ErrorQueries
{
    private const string Behind =
        "(occurred_at, id) < (SELECT c.occurred_at, c.id FROM sync_error_log c WHERE c.id = {0})";

    private readonly StoreContext _context;

    internal ErrorQueries(StoreContext context) => _context = context;

    /// <summary>The errors that match, newest first.</summary>
    public async ValueTask<Page<ErrorEntry>> ListAsync(ErrorQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        var conditions = new Conditions(_context.Database)
            .Equal("audit_log_id", query.RunId)
            .Equal("entity_type", query.Pipeline)
            .In("entity_type", query.Among)
            .Equal("unit", query.Unit)
            .Equal("error_type", query.Type?.ToString().ToUpperInvariant())
            .Equal("error_severity", query.Severity?.ToString().ToUpperInvariant())
            .Equal("record_key", _context.Database.Key(query.Key))
            .From("occurred_at", query.From)
            .To("occurred_at", query.To)
            .When(query.Resolved, "resolved_at IS NOT NULL", "resolved_at IS NULL")
            .Add(Behind, Cursor.Read(query.After));
        conditions.Parameters.Add("@limit", query.Limit + 1);
        var found = await _context.Database.QueryAsync(
            $"SELECT * FROM sync_error_log {conditions.Where} ORDER BY occurred_at DESC, id DESC LIMIT @limit",
            conditions.Parameters,
            Read,
            cancellationToken
        );
        return Cursor.Page(found, query.Limit, error => error.Id);
    }

    /// <summary>An error, or null.</summary>
    public async ValueTask<ErrorEntry?> FindAsync(long id, CancellationToken cancellationToken)
    {
        var found = await _context.Database.QueryAsync(
            "SELECT * FROM sync_error_log WHERE id = @id",
            new { id },
            Read,
            cancellationToken
        );
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Marks an error resolved, durably.</summary>
    /// <param name="id">The error's number.</param>
    /// <param name="notes">What was done about it.</param>
    /// <param name="who">Who says so.</param>
    /// <param name="cancellationToken">Ends the waiting for the database.</param>
    /// <returns>False when there is no such error, or it is resolved already.</returns>
    public async ValueTask<bool> ResolveAsync(long id, string notes, string who, CancellationToken cancellationToken)
    {
        var row = new
        {
            id,
            notes = Redaction.Clean(notes),
            who,
            now = _context.Database.Time(_context.Clock.GetUtcNow()),
        };
        var changed = 0;
        await _context.Writer.RunAsync(
            transaction =>
                changed = transaction.Execute(
                    """
                    UPDATE sync_error_log SET resolved_at = @now, resolution_notes = @notes, resolved_by = @who
                    WHERE id = @id AND resolved_at IS NULL
                    """,
                    row
                ),
            durable: true,
            cancellationToken
        );
        return changed > 0;
    }

    private static ErrorEntry Read(RowReader row) =>
        new()
        {
            Id = row.Number("id"),
            RunId = row.TextOrNull("audit_log_id"),
            Pipeline = row.Text("entity_type"),
            Unit = row.Text("unit"),
            Type = row.Name<ErrorType>("error_type"),
            Severity = row.Name<Severity>("error_severity"),
            Message = row.Text("error_message"),
            Suggestion = row.TextOrNull("recovery_suggestion"),
            Key = row.TextOrNull("record_key"),
            StackTrace = row.TextOrNull("stack_trace"),
            OccurredAt = row.Time("occurred_at"),
            ResolvedAt = row.TimeOrNull("resolved_at"),
            ResolvedBy = row.TextOrNull("resolved_by"),
            ResolutionNotes = row.TextOrNull("resolution_notes"),
        };
}
