using System.Data.Common;
using System.Runtime.CompilerServices;
using TrueUp.Store.Database;
using TrueUp.Store.Queries;

namespace TrueUp.Store.Access;

/// <summary>
/// What was done to the servers, by whom: appended, never changed (the database refuses it), each entry linked to the
/// one before it by its hash. It is kept for good.
/// </summary>
public sealed class AdminTrail
{
    /// <summary>Entries listed at once, at most.</summary>
    public const int LimitMax = 1000;

    private readonly StoreContext _context;

    internal AdminTrail(StoreContext context) => _context = context;

    /// <summary>
    /// Records an action, durably. Texts are cleaned of secrets, and cut off where they are too long.
    /// </summary>
    /// <exception cref="Sides.SideException">The control database cannot be used.</exception>
    public async ValueTask<AdminEntry> AppendAsync(AdminAction action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        var storable = AdminRows.Storable(action);
        AdminEntry? entry = null;
        await _context.Writer.RunAsync(
            transaction => entry = Append(transaction, storable),
            durable: true,
            cancellationToken
        );
        return entry!;
    }

    /// <summary>Entries, newest first.</summary>
    public async ValueTask<Page<AdminEntry>> ListAsync(AdminQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, LimitMax, nameof(query));
        var conditions = new Conditions(_context.Database)
            .From("occurred_at", query.From)
            .To("occurred_at", query.To)
            .Equal("actor", query.Actor)
            .Equal("action", query.Action)
            .Equal("object", query.Object)
            .Add("id < {0}", Cursor.Read(query.After));
        conditions.Parameters.Add("@limit", query.Limit + 1);
        var found = await _context.Database.QueryAsync(
            $"SELECT * FROM admin_audit {conditions.Where} ORDER BY id DESC LIMIT @limit",
            conditions.Parameters,
            AdminRows.Read,
            cancellationToken
        );
        return Cursor.Page(found, query.Limit, entry => entry.Id);
    }

    /// <summary>All entries there are now, oldest first, read piece by piece.</summary>
    public async IAsyncEnumerable<AdminEntry> ExportAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (entries, _) = await HeadAsync(cancellationToken);
        await foreach (var entry in WalkAsync(entries, cancellationToken))
        {
            yield return entry;
        }
    }

    /// <summary>Walks from the first entry to the last there is now, and says where the chain breaks first.</summary>
    public async ValueTask<AdminCheck> CheckAsync(CancellationToken cancellationToken)
    {
        var (entries, head) = await HeadAsync(cancellationToken);
        var (count, previous) = (0L, AdminHash.None);
        await foreach (var entry in WalkAsync(entries, cancellationToken))
        {
            if (Broken(entry, count + 1, previous) is { } reason)
            {
                return new AdminCheck(count, previous, Math.Min(entry.Id, count + 1), reason);
            }
            (count, previous) = (entry.Id, entry.Hash);
        }
        if (count != entries || previous != head)
        {
            return new AdminCheck(count, previous, count + 1, "Entries are missing at the end.");
        }
        return new AdminCheck(count, previous, null, null);
    }

    private static string? Broken(AdminEntry entry, long id, string previous)
    {
        if (entry.Id != id)
        {
            return "An entry is missing.";
        }
        if (entry.PreviousHash != previous)
        {
            return "The entry does not follow the one before it.";
        }
        return entry.Hash == AdminHash.Of(entry.Id, entry.OccurredAt, entry.Action, entry.PreviousHash)
            ? null
            : "The entry was changed after it was written.";
    }

    private AdminEntry Append(DbTransaction transaction, AdminAction action)
    {
        AccessSql.TakeTurn(transaction);
        var head = transaction.First(
            _context.Database,
            "SELECT entries, hash FROM admin_audit_head WHERE id = 1",
            new { },
            row => Tuple.Create(row.Number("entries"), row.Text("hash"))
        )!;
        var id = head.Item1 + 1;
        var now = _context.Clock.GetUtcNow();
        // To the microsecond, which is what both dialects keep.
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        var entry = new AdminEntry(id, now, action, head.Item2, AdminHash.Of(id, now, action, head.Item2));
        transaction.Execute(AdminRows.Insert(_context.Database), AdminRows.Parameters(entry, _context.Database));
        transaction.Execute(
            "UPDATE admin_audit_head SET entries = @id, hash = @hash WHERE id = 1",
            new { id, hash = entry.Hash }
        );
        return entry;
    }

    private async ValueTask<(long Entries, string Hash)> HeadAsync(CancellationToken cancellationToken)
    {
        var found = await _context.Database.QueryAsync(
            "SELECT entries, hash FROM admin_audit_head WHERE id = 1",
            null,
            row => (row.Number("entries"), row.Text("hash")),
            cancellationToken
        );
        return found.Count == 1 ? found[0] : (0, AdminHash.None);
    }

    private async IAsyncEnumerable<AdminEntry> WalkAsync(
        long last,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // Below 1 there is nothing, unless somebody put it there: it is found, and does not hold.
        var after = long.MinValue;
        while (true)
        {
            var page = await _context.Database.QueryAsync(
                "SELECT * FROM admin_audit WHERE id > @after AND id <= @last ORDER BY id LIMIT @limit",
                new
                {
                    after,
                    last,
                    limit = LimitMax,
                },
                AdminRows.Read,
                cancellationToken
            );
            foreach (var entry in page)
            {
                yield return entry;
            }
            if (page.Count < LimitMax)
            {
                yield break;
            }
            after = page[^1].Id;
        }
    }
}
