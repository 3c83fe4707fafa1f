using System.Data.Common;
using TrueUp.Audit;
using TrueUp.Store.Database;
using TrueUp.Store.Queries;

namespace TrueUp.Store.Settings;

/// <summary>
/// The part of the configuration that is kept in the control database, with the history of all of it. Keys are dotted,
/// values JSON; what they mean is the server's business. Durable when a call returns.
/// </summary>
public sealed class ConfigStore
{
    /// <summary>Changes listed at most.</summary>
    public const int LimitMax = 1000;

    private readonly StoreContext _context;

    internal ConfigStore(StoreContext context) => _context = context;

    /// <summary>Everything there is, and the version it has at least.</summary>
    /// <exception cref="Sides.SideException">The control database cannot be used.</exception>
    public async ValueTask<ConfigSnapshot> GetAllAsync(CancellationToken cancellationToken)
    {
        // The version first: what is changed in between is seen with the next look at it.
        var version = await VersionAsync(cancellationToken);
        var entries = await _context.Database.QueryAsync(
            "SELECT * FROM sync_config WHERE config_value IS NOT NULL ORDER BY config_key",
            null,
            row => new ConfigEntry(
                row.Text("config_key"),
                row.Text("config_value"),
                row.Time("updated_at"),
                row.Text("updated_by")
            ),
            cancellationToken
        );
        return new ConfigSnapshot(version, entries.ToDictionary(entry => entry.Key, StringComparer.Ordinal));
    }

    /// <summary>A number that every change of any server makes higher.</summary>
    /// <exception cref="Sides.SideException">The control database cannot be used.</exception>
    public async ValueTask<long> VersionAsync(CancellationToken cancellationToken)
    {
        var found = await _context.Database.QueryAsync(
            "SELECT version FROM sync_config_version WHERE id = 1",
            null,
            row => row.Number("version"),
            cancellationToken
        );
        return found[0];
    }

    /// <summary>Sets or removes a value if it still is what the caller believes, and writes the history.</summary>
    /// <returns>Whether it was; if not, nothing has changed.</returns>
    /// <exception cref="Sides.SideException">The control database cannot be used.</exception>
    public async ValueTask<bool> ChangeAsync(ConfigChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var done = false;
        await _context.Writer.RunAsync(
            transaction => done = Change(transaction, change),
            durable: true,
            cancellationToken
        );
        return done;
    }

    /// <summary>Changes, newest first.</summary>
    /// <exception cref="ArgumentException"><see cref="ConfigHistoryQuery.After"/> is no cursor.</exception>
    /// <exception cref="Sides.SideException">The control database cannot be used.</exception>
    public async ValueTask<Page<ConfigHistoryEntry>> HistoryAsync(
        ConfigHistoryQuery query,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, LimitMax, nameof(query));
        var conditions = new Conditions(_context.Database)
            .Equal("config_key", query.Key)
            .Equal("changed_by", query.By)
            .From("changed_at", query.From)
            .To("changed_at", query.To)
            .Add("id < {0}", Cursor.Read(query.After));
        conditions.Parameters.Add("@limit", query.Limit + 1);
        var found = await _context.Database.QueryAsync(
            $"SELECT * FROM sync_config_history {conditions.Where} ORDER BY id DESC LIMIT @limit",
            conditions.Parameters,
            ReadHistory,
            cancellationToken
        );
        return Cursor.Page(found, query.Limit, entry => entry.Id);
    }

    /// <summary>A change by its number, or null.</summary>
    /// <exception cref="Sides.SideException">The control database cannot be used.</exception>
    public async ValueTask<ConfigHistoryEntry?> FindAsync(long id, CancellationToken cancellationToken)
    {
        var found = await _context.Database.QueryAsync(
            "SELECT * FROM sync_config_history WHERE id = @id",
            new { id },
            ReadHistory,
            cancellationToken
        );
        return found.Count == 0 ? null : found[0];
    }

    private bool Change(DbTransaction transaction, ConfigChange change)
    {
        // Two that change something at the same moment do so one after the other, so versions are seen in order.
        transaction.Execute("UPDATE sync_config_version SET version = version + 1 WHERE id = 1", new { });
        var row = new
        {
            key = change.Key,
            expected = change.Expected,
            value = change.Value,
            by = Redaction.Clean(change.By),
            now = _context.Database.Time(_context.Clock.GetUtcNow()),
        };
        if (transaction.Execute(Statement(change), row) == 0)
        {
            return false;
        }
        foreach (var trail in change.Trail)
        {
            transaction.Execute(
                """
                INSERT INTO sync_config_history
                    (config_key, old_value, new_value, changed_at, changed_by, source, note)
                VALUES (@Key, @OldValue, @NewValue, @now, @by, @source, @note)
                """,
                new
                {
                    trail.Key,
                    trail.OldValue,
                    trail.NewValue,
                    row.now,
                    row.by,
                    source = trail.Source.ToString().ToLowerInvariant(),
                    note = Redaction.CleanOrNull(trail.Note),
                }
            );
        }
        return true;
    }

    /// <summary>The statement that changes a row exactly when the value is the expected one.</summary>
    private static string Statement(ConfigChange change) =>
        change switch
        {
            { Expected: null, Value: null } => """
                UPDATE sync_config_version SET version = version
                WHERE NOT EXISTS (SELECT 1 FROM sync_config WHERE config_key = @key)
                """,
            { Expected: null } => """
                INSERT INTO sync_config (config_key, config_value, updated_at, updated_by)
                VALUES (@key, @value, @now, @by) ON CONFLICT (config_key) DO NOTHING
                """,
            { Value: null } => "DELETE FROM sync_config WHERE config_key = @key AND config_value = @expected",
            _ => """
                UPDATE sync_config SET config_value = @value, updated_at = @now, updated_by = @by
                WHERE config_key = @key AND config_value = @expected
                """,
        };

    private static ConfigHistoryEntry ReadHistory(RowReader row) =>
        new(
            row.Number("id"),
            row.Text("config_key"),
            row.TextOrNull("old_value"),
            row.TextOrNull("new_value"),
            row.Time("changed_at"),
            row.Text("changed_by"),
            row.Name<ConfigSource>("source"),
            row.TextOrNull("note")
        );
}
