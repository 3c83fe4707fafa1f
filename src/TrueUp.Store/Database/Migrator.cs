using System.Data.Common;
using Dapper;
using TrueUp.Sides;

namespace TrueUp.Store.Database;

/// <summary>
/// Brings a control database to the newest version this program knows, each migration in a transaction of its own, and
/// refuses one that is newer, foreign or damaged. Two programs may try at the same time.
/// </summary>
internal sealed class Migrator(ControlDatabase database, TimeProvider clock, IReadOnlyList<Migration> migrations)
{
    /// <summary>A migration may have to go through every row, and another program's has to be waited for.</summary>
    internal const int TimeoutSeconds = 1800;

    private const string Table = "trueup_migrations";

    /// <exception cref="SideException">The database cannot be used; its code says why.</exception>
    public void Migrate()
    {
        using var connection = database.Connect();
        try
        {
            Migrate(connection);
        }
        catch (DbException error)
        {
            throw database.Translate(error);
        }
    }

    private void Migrate(DbConnection connection)
    {
        if (Applied(connection, null) is { } applied && applied.Count == migrations.Count)
        {
            return;
        }
        using var transaction = database.BeginExclusive(connection);
        // What was applied is read again: another program may have been faster.
        var done = Applied(connection, transaction) ?? Create(connection, transaction);
        foreach (var migration in migrations.Skip(done.Count))
        {
            connection.Execute(migration.Sql, transaction: transaction, commandTimeout: TimeoutSeconds);
            connection.Execute(
                $"INSERT INTO {Table} VALUES (@Version, @Name, @Checksum, @appliedAt)",
                new
                {
                    migration.Version,
                    migration.Name,
                    migration.Checksum,
                    appliedAt = database.Time(clock.GetUtcNow()),
                },
                transaction
            );
        }
        transaction.Commit();
    }

    private List<(int Version, string Checksum)> Create(DbConnection connection, DbTransaction transaction)
    {
        connection.Execute(
            $"""
            CREATE TABLE {Table} (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL,
                applied_at {database.TimeType} NOT NULL)
            """,
            transaction: transaction
        );
        return [];
    }

    /// <summary>The migrations the database has seen, checked; null when it is empty.</summary>
    private List<(int Version, string Checksum)>? Applied(DbConnection connection, DbTransaction? transaction)
    {
        var tables = database.Tables(connection, transaction);
        if (!tables.Contains(Table))
        {
            return tables.Count == 0 ? null : throw StoreErrors.Foreign(database.Place);
        }
        var applied = connection
            .Query<(int Version, string Checksum)>(
                $"SELECT version, checksum FROM {Table} ORDER BY version",
                transaction: transaction
            )
            .AsList();
        if (applied.Count > migrations.Count)
        {
            throw StoreErrors.Newer(database.Place, applied[^1].Version, migrations.Count);
        }
        for (var i = 0; i < applied.Count; i++)
        {
            if (applied[i].Version != migrations[i].Version || applied[i].Checksum != migrations[i].Checksum)
            {
                throw StoreErrors.Altered(database.Place, migrations[i].Name);
            }
        }
        return applied;
    }
}
