using System.Data.Common;
using System.Security.Cryptography;
using TrueUp.Store.Database;

namespace TrueUp.Store.Access;

/// <summary>The people who may use the dashboard. Passwords come hashed: the store never sees one.</summary>
public sealed class UserStore
{
    /// <summary>Users at most.</summary>
    public const int UsersMax = 1000;

    private const int StampBytes = 16;

    private readonly StoreContext _context;

    internal UserStore(StoreContext context) => _context = context;

    /// <summary>Adds somebody. Durable.</summary>
    /// <returns><c>Done</c>, <c>NameTaken</c> or <c>TooMany</c>.</returns>
    public async ValueTask<AccessOutcome> CreateAsync(
        string name,
        AccessRole role,
        string passwordHash,
        string who,
        CancellationToken cancellationToken
    )
    {
        var row = new
        {
            name,
            role = KeyRows.Name(role),
            passwordHash,
            stamp = NewStamp(),
            who,
            now = Now,
            max = UsersMax,
        };
        return await ChangeAsync(Insert, cancellationToken);

        AccessOutcome Insert(DbTransaction transaction)
        {
            if (Find(transaction, name) is not null)
            {
                return AccessOutcome.NameTaken;
            }
            return
                transaction.Execute(
                    """
                    INSERT INTO users
                        (name, role, password_hash, session_stamp, created_at, created_by, updated_at)
                    SELECT @name, @role, @passwordHash, @stamp, @now, @who, @now
                    WHERE (SELECT count(*) FROM users) < @max
                    """,
                    row
                ) == 1
                ? AccessOutcome.Done
                : AccessOutcome.TooMany;
        }
    }

    /// <summary>Everybody, by name.</summary>
    public async ValueTask<IReadOnlyList<User>> ListAsync(CancellationToken cancellationToken) =>
        await _context.Database.QueryAsync(
            "SELECT * FROM users ORDER BY name LIMIT @limit",
            new { limit = UsersMax },
            Read,
            cancellationToken
        );

    /// <summary>Somebody with what it takes to log them in, or null.</summary>
    public async ValueTask<UserLogin?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var found = await _context.Database.QueryAsync(
            "SELECT * FROM users WHERE name = @name",
            new { name },
            ReadLogin,
            cancellationToken
        );
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Changes somebody, which ends their sessions. Durable.</summary>
    /// <returns><c>Done</c>, <c>NotFound</c> or <c>LastAdmin</c>.</returns>
    public ValueTask<AccessOutcome> ChangeAsync(string name, UserChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var stamp = NewStamp();
        return ChangeAsync(
            transaction =>
            {
                var staysAdmin = change.Role is null or AccessRole.Admin && change.IsDisabled is not true;
                if (Refusal(transaction, name, staysAdmin) is { } refusal)
                {
                    return refusal;
                }
                transaction.Execute(
                    """
                    UPDATE users SET
                        role = coalesce(@role, role), password_hash = coalesce(@passwordHash, password_hash),
                        disabled_at = CASE WHEN @keeps THEN disabled_at
                            WHEN @disables THEN coalesce(disabled_at, @now) END,
                        session_stamp = @stamp, updated_at = @now
                    WHERE name = @name
                    """,
                    new
                    {
                        name,
                        role = change.Role is { } role ? KeyRows.Name(role) : null,
                        passwordHash = change.PasswordHash,
                        keeps = change.IsDisabled is null,
                        disables = change.IsDisabled is true,
                        stamp,
                        now = Now,
                    }
                );
                return AccessOutcome.Done;
            },
            cancellationToken
        );
    }

    /// <summary>Takes somebody out, which ends their sessions. Durable.</summary>
    /// <returns><c>Done</c>, <c>NotFound</c> or <c>LastAdmin</c>.</returns>
    public ValueTask<AccessOutcome> DeleteAsync(string name, CancellationToken cancellationToken) =>
        ChangeAsync(
            transaction =>
            {
                if (Refusal(transaction, name, staysAdmin: false) is { } refusal)
                {
                    return refusal;
                }
                transaction.Execute("DELETE FROM users WHERE name = @name", new { name });
                return AccessOutcome.Done;
            },
            cancellationToken
        );

    /// <summary>Ends all sessions of somebody. Durable.</summary>
    public async ValueTask EndSessionsAsync(string name, CancellationToken cancellationToken)
    {
        var row = new { name, stamp = NewStamp() };
        await _context.Writer.RunAsync(
            transaction => transaction.Execute("UPDATE users SET session_stamp = @stamp WHERE name = @name", row),
            durable: true,
            cancellationToken
        );
    }

    /// <summary>Notes that somebody logged in.</summary>
    /// <param name="name">Who.</param>
    /// <param name="passwordHash">The same password hashed in a newer way, or null to keep the hash.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask LoggedInAsync(string name, string? passwordHash, CancellationToken cancellationToken)
    {
        var row = new
        {
            name,
            passwordHash,
            now = Now,
        };
        await _context.Writer.RunAsync(
            transaction =>
                transaction.Execute(
                    """
                    UPDATE users SET last_login_at = @now, password_hash = coalesce(@passwordHash, password_hash)
                    WHERE name = @name
                    """,
                    row
                ),
            durable: false,
            cancellationToken
        );
    }

    private object Now => _context.Database.Time(_context.Clock.GetUtcNow());

    private static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(StampBytes));

    private async ValueTask<AccessOutcome> ChangeAsync(
        Func<DbTransaction, AccessOutcome> change,
        CancellationToken cancellationToken
    )
    {
        var outcome = AccessOutcome.Done;
        await _context.Writer.RunAsync(
            transaction =>
            {
                AccessSql.TakeTurn(transaction);
                outcome = change(transaction);
            },
            durable: true,
            cancellationToken
        );
        return outcome;
    }

    private AccessOutcome? Refusal(DbTransaction transaction, string name, bool staysAdmin)
    {
        if (Find(transaction, name) is not { } user)
        {
            return AccessOutcome.NotFound;
        }
        var isAdmin = user is { Role: AccessRole.Admin, DisabledAt: null };
        var now = _context.Clock.GetUtcNow();
        return isAdmin && !staysAdmin && !AccessSql.IsOtherAdmin(transaction, _context.Database, null, name, now)
            ? AccessOutcome.LastAdmin
            : null;
    }

    private User? Find(DbTransaction transaction, string name) =>
        transaction.First(_context.Database, "SELECT * FROM users WHERE name = @name", new { name }, Read);

    private static UserLogin ReadLogin(RowReader row) =>
        new(Read(row), row.Text("password_hash"), row.Text("session_stamp"));

    private static User Read(RowReader row) =>
        new()
        {
            Name = row.Text("name"),
            Role = row.Name<AccessRole>("role"),
            CreatedAt = row.Time("created_at"),
            CreatedBy = row.Text("created_by"),
            UpdatedAt = row.Time("updated_at"),
            DisabledAt = row.TimeOrNull("disabled_at"),
            LastLoginAt = row.TimeOrNull("last_login_at"),
        };
}
