using System.Data.Common;
using System.Globalization;
using TrueUp.Store.Audit;
using TrueUp.Store.Database;
using TrueUp.Store.Queries;

namespace TrueUp.Store.Access;

/// <summary>
/// The keys by which programs use the servers. A key's text is known only when it is made; what is kept is its hash.
/// </summary>
public sealed class KeyStore
{
    /// <summary>Keys that can be used at the same time, at most.</summary>
    public const int KeysMax = 1000;

    /// <summary>Keys listed at once, at most.</summary>
    public const int LimitMax = 1000;

    /// <summary>How long a key may stay valid after it was rotated.</summary>
    public static readonly TimeSpan GraceMax = TimeSpan.FromHours(24);

    private static readonly TimeSpan UseInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Memory = TimeSpan.FromDays(365);

    private readonly StoreContext _context;
    private readonly RunIds _ids;

    internal KeyStore(StoreContext context, RunIds ids)
    {
        _context = context;
        _ids = ids;
    }

    /// <summary>Makes a key. Durable.</summary>
    /// <returns><see cref="AccessOutcome.Done"/> with the key, <c>NameTaken</c> or <c>TooMany</c>.</returns>
    /// <exception cref="ArgumentException">An administrator's key is limited to pipelines.</exception>
    public ValueTask<KeyChange> CreateAsync(KeyRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return IssueAsync(request, Check, cancellationToken);

        AccessOutcome Check(DbTransaction transaction) =>
            CountUsable(transaction) >= KeysMax ? AccessOutcome.TooMany
            : IsNameTaken(transaction, request.Name) ? AccessOutcome.NameTaken
            : AccessOutcome.Done;
    }

    /// <summary>
    /// Makes an administrator's key if no key and no user was ever made, so that the first administrator gets in.
    /// </summary>
    /// <returns>The key, or null when there is somebody already.</returns>
    public async ValueTask<IssuedKey?> BootstrapAsync(CancellationToken cancellationToken)
    {
        const string Anybody = "SELECT id FROM api_keys UNION ALL SELECT name AS id FROM users LIMIT 1";
        var found = await _context.Database.QueryAsync(Anybody, null, row => row.Text("id"), cancellationToken);
        if (found.Count > 0)
        {
            return null;
        }
        var change = await IssueAsync(
            new KeyRequest("bootstrap", AccessRole.Admin, "system"),
            transaction =>
                transaction.First(_context.Database, Anybody, new { }, row => row.Text("id")) is null
                    ? AccessOutcome.Done
                    : AccessOutcome.NameTaken,
            cancellationToken
        );
        return change.Issued;
    }

    /// <summary>The key a text is, whether it can be used or not; null when it is none.</summary>
    public async ValueTask<ApiKey?> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (KeyText.Parse(text) is not { } key)
        {
            return null;
        }
        var found = await _context.Database.QueryAsync(
            "SELECT * FROM api_keys WHERE prefix = @prefix",
            new { prefix = key.Prefix },
            row => (Key: KeyRows.Read(row), Hash: row.Text("hash")),
            cancellationToken
        );
        return found.Count == 1 && key.Matches(found[0].Hash) ? found[0].Key : null;
    }

    /// <summary>A key by its identifier, or null.</summary>
    public async ValueTask<ApiKey?> GetAsync(string id, CancellationToken cancellationToken)
    {
        var found = await _context.Database.QueryAsync(
            "SELECT * FROM api_keys WHERE id = @id",
            new { id },
            KeyRows.Read,
            cancellationToken
        );
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Keys, newest first; those revoked or expired for a year are forgotten.</summary>
    /// <param name="after">What continues a list, or null for its beginning.</param>
    /// <param name="limit">Keys at most, from 1 to <see cref="LimitMax"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<Page<ApiKey>> ListAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, LimitMax);
        var conditions = new Conditions(_context.Database).Add("id < {0}", after);
        conditions.Parameters.Add("@limit", limit + 1);
        var found = await _context.Database.QueryAsync(
            $"SELECT * FROM api_keys {conditions.Where} ORDER BY id DESC LIMIT @limit",
            conditions.Parameters,
            KeyRows.Read,
            cancellationToken
        );
        return found.Count > limit
            ? new Page<ApiKey>(found[..limit], found[limit - 1].Id)
            : new Page<ApiKey>(found, null);
    }

    /// <summary>Refuses a key from now on. Durable.</summary>
    /// <returns><c>Done</c> (also when it was revoked before), <c>NotFound</c> or <c>LastAdmin</c>.</returns>
    public async ValueTask<AccessOutcome> RevokeAsync(string id, string who, CancellationToken cancellationToken)
    {
        var outcome = AccessOutcome.NotFound;
        await _context.Writer.RunAsync(
            transaction => outcome = Revoke(transaction, id, who),
            durable: true,
            cancellationToken
        );
        return outcome;
    }

    /// <summary>
    /// Makes a key that takes the place of another, which stays valid for a while. It has the same name, role,
    /// pipelines and lifetime. Durable.
    /// </summary>
    /// <param name="id">The key to replace.</param>
    /// <param name="grace">How long the old one stays valid, at most <see cref="GraceMax"/>.</param>
    /// <param name="who">Who says so.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns><c>Done</c> with the new key, <c>NotFound</c>, or <c>NotUsable</c>.</returns>
    public async ValueTask<KeyChange> RotateAsync(
        string id,
        TimeSpan grace,
        string who,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(grace, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(grace, GraceMax);
        if (await GetAsync(id, cancellationToken) is not { } old)
        {
            return new KeyChange(AccessOutcome.NotFound, null);
        }
        var now = Now;
        var next = new KeyRequest(old.Name, old.Role, who)
        {
            Pipelines = old.Pipelines,
            ExpiresAt = now + (old.ExpiresAt - old.CreatedAt),
        };
        var end = old.ExpiresAt is { } expiry && expiry < now + grace ? expiry : now + grace;
        return await IssueAsync(next, Replace, cancellationToken);

        AccessOutcome Replace(DbTransaction transaction, string nextId) =>
            transaction.Execute(
                """
                UPDATE api_keys SET replaced_by = @nextId, expires_at = @end
                WHERE id = @id AND revoked_at IS NULL AND replaced_by IS NULL
                    AND (expires_at IS NULL OR expires_at > @now)
                """,
                new
                {
                    id,
                    nextId,
                    end = Time(end),
                    now = Time(now),
                }
            ) == 1
                ? AccessOutcome.Done
                : AccessOutcome.NotUsable;
    }

    /// <summary>Notes that a key was used, at most once a minute, and only if the database has time for it.</summary>
    public void Used(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var now = Now;
        if (key.LastUsedAt > now - UseInterval)
        {
            return;
        }
        var row = new
        {
            id = key.Id,
            now = Time(now),
            before = Time(now - UseInterval),
        };
        _context.Writer.TryPost(
            transaction =>
                transaction.Execute(
                    """
                    UPDATE api_keys SET last_used_at = @now
                    WHERE id = @id AND (last_used_at IS NULL OR last_used_at <= @before)
                    """,
                    row
                ),
            // Nobody waits for it, and the next use notes it again.
            static _ => { }
        );
    }

    private DateTimeOffset Now => _context.Clock.GetUtcNow();

    private object Time(DateTimeOffset time) => _context.Database.Time(time);

    private ValueTask<KeyChange> IssueAsync(
        KeyRequest request,
        Func<DbTransaction, AccessOutcome> check,
        CancellationToken cancellationToken
    ) => IssueAsync(request, (transaction, _) => check(transaction), cancellationToken);

    private async ValueTask<KeyChange> IssueAsync(
        KeyRequest request,
        Func<DbTransaction, string, AccessOutcome> check,
        CancellationToken cancellationToken
    )
    {
        if (request is { Role: AccessRole.Admin, Pipelines: not null })
        {
            throw new ArgumentException("Whoever makes keys could make one without the limit.", nameof(request));
        }
        var text = KeyText.Create();
        var parsed = KeyText.Parse(text)!.Value;
        var key = new ApiKey
        {
            Id = _ids.Next(),
            Name = request.Name,
            Role = request.Role,
            Pipelines = request.Pipelines,
            Prefix = parsed.Prefix,
            CreatedAt = Now,
            CreatedBy = request.CreatedBy,
            ExpiresAt = request.ExpiresAt,
        };
        var outcome = AccessOutcome.Done;
        await _context.Writer.RunAsync(Insert, durable: true, cancellationToken);
        return new KeyChange(outcome, outcome == AccessOutcome.Done ? new IssuedKey(key, text) : null);

        void Insert(DbTransaction transaction)
        {
            AccessSql.TakeTurn(transaction);
            Forget(transaction);
            outcome = check(transaction, key.Id);
            if (outcome == AccessOutcome.Done)
            {
                transaction.Execute(
                    KeyRows.Insert(_context.Database),
                    KeyRows.Parameters(key, parsed, _context.Database)
                );
            }
        }
    }

    private AccessOutcome Revoke(DbTransaction transaction, string id, string who)
    {
        AccessSql.TakeTurn(transaction);
        var now = Now;
        var key = transaction.First(
            _context.Database,
            "SELECT * FROM api_keys WHERE id = @id",
            new { id },
            KeyRows.Read
        );
        if (key is null)
        {
            return AccessOutcome.NotFound;
        }
        if (
            key is { Role: AccessRole.Admin }
            && key.IsUsableAt(now)
            && !AccessSql.IsOtherAdmin(transaction, _context.Database, id, null, now)
        )
        {
            return AccessOutcome.LastAdmin;
        }
        transaction.Execute(
            "UPDATE api_keys SET revoked_at = @now, revoked_by = @who WHERE id = @id AND revoked_at IS NULL",
            new
            {
                id,
                who,
                now = Time(now),
            }
        );
        return AccessOutcome.Done;
    }

    /// <summary>Keys nobody can use any more are in the trail; here they need not be for ever.</summary>
    private void Forget(DbTransaction transaction) =>
        transaction.Execute(
            "DELETE FROM api_keys WHERE coalesce(revoked_at, expires_at) < @before",
            new { before = Time(Now - Memory) }
        );

    private int CountUsable(DbTransaction transaction) =>
        int.Parse(
            transaction.First(
                _context.Database,
                """
                SELECT count(*) AS usable FROM api_keys
                WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > @now)
                """,
                new { now = Time(Now) },
                row => row.Number("usable").ToString(CultureInfo.InvariantCulture)
            )!,
            CultureInfo.InvariantCulture
        );

    private bool IsNameTaken(DbTransaction transaction, string name) =>
        transaction.First(
            _context.Database,
            """
            SELECT id FROM api_keys
            WHERE name = @name AND revoked_at IS NULL AND replaced_by IS NULL
                AND (expires_at IS NULL OR expires_at > @now)
            """,
            new { name, now = Time(Now) },
            row => row.Text("id")
        )
            is not null;
}
