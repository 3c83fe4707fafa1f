using System.Data.Common;
using TrueUp.Store.Database;

namespace TrueUp.Store.Access;

/// <summary>What keys and users have in common.</summary>
internal static class AccessSql
{
    /// <summary>
    /// Lets changes to keys, users and the trail happen one after the other on all servers, each seeing what the one
    /// before it did.
    /// </summary>
    public static void TakeTurn(DbTransaction transaction) =>
        transaction.Execute("UPDATE admin_audit_head SET entries = entries WHERE id = 1", new { });

    /// <summary>Whether somebody could administer the servers if this key or user could not.</summary>
    /// <param name="transaction">Has taken its turn.</param>
    /// <param name="database">Where.</param>
    /// <param name="keyId">The key that would be gone, or null.</param>
    /// <param name="user">The user who would be gone, or null.</param>
    /// <param name="now">The time.</param>
    public static bool IsOtherAdmin(
        DbTransaction transaction,
        ControlDatabase database,
        string? keyId,
        string? user,
        DateTimeOffset now
    ) =>
        transaction.First(
            database,
            """
            SELECT id AS other FROM api_keys
            WHERE role = 'admin' AND revoked_at IS NULL AND replaced_by IS NULL
                AND (expires_at IS NULL OR expires_at > @now) AND id <> @keyId
            UNION ALL
            SELECT name AS other FROM users WHERE role = 'admin' AND disabled_at IS NULL AND name <> @user
            LIMIT 1
            """,
            new
            {
                keyId = keyId ?? "",
                user = user ?? "",
                now = database.Time(now),
            },
            row => row.Text("other")
        )
            is not null;
}
