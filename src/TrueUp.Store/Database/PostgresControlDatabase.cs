using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;
using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Store.Database;

/// <summary>
/// The control database in a schema of its own of a PostgreSQL database, which several servers may share.
/// </summary>
internal sealed class PostgresControlDatabase : ControlDatabase
{
    /// <summary>The schema; created when it is missing.</summary>
    public const string Schema = "trueup_control";

    /// <summary>A key of three columns has to fit into an entry of an index (2,704 bytes).</summary>
    private const int KeyBytesMax = 1500;

    private readonly NpgsqlDataSource _source;

    /// <param name="connection">Npgsql keywords or a <c>postgres://</c> URL.</param>
    /// <exception cref="SideException">The text cannot be read.</exception>
    public PostgresControlDatabase(string connection)
    {
        var settings = PostgresConnectionText.Parse(connection);
        Place = $"{settings.Host}:{settings.Port}/{settings.Database ?? settings.Username}";
        _source = NpgsqlDataSource.Create(settings);
    }

    /// <inheritdoc />
    public override string Dialect => "postgres";

    /// <inheritdoc />
    public override string Place { get; }

    /// <inheritdoc />
    public override string TimeType => "timestamptz";

    /// <inheritdoc />
    public override string Now => "clock_timestamp()";

    /// <inheritdoc />
    public override string After(string seconds) => $"(clock_timestamp() + make_interval(secs => {seconds}))";

    /// <inheritdoc />
    public override DbConnection Connect()
    {
        try
        {
            return _source.OpenConnection();
        }
        catch (Exception error) when (IsDriver(error))
        {
            throw Translate(error);
        }
    }

    /// <inheritdoc />
    public override async ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _source.OpenConnectionAsync(cancellationToken);
        }
        catch (Exception error) when (IsDriver(error))
        {
            throw Translate(error);
        }
    }

    /// <inheritdoc />
    public override DbTransaction BeginExclusive(DbConnection connection)
    {
        var transaction = connection.BeginTransaction();
        Lock(transaction, "migrations", Migrator.TimeoutSeconds);
        // Asked first: a role that may not create schemas can use one that was made for it.
        if (connection.ExecuteScalar<int>($"SELECT count(*) FROM pg_namespace WHERE nspname = '{Schema}'") == 0)
        {
            connection.Execute($"CREATE SCHEMA {Schema}", transaction: transaction);
        }
        return transaction;
    }

    /// <inheritdoc />
    public override IReadOnlyList<Finding> Secure()
    {
        using var connection = Connect();
        try
        {
            return PostgresReader.Secure(this, connection);
        }
        catch (DbException error)
        {
            throw Translate(error);
        }
    }

    /// <inheritdoc />
    public override void Lock(DbTransaction transaction, string name) => Lock(transaction, name, timeoutSeconds: null);

    /// <inheritdoc />
    public override void SetDurable(DbConnection connection, bool durable) =>
        // A durable commit writes out the log up to itself, and with it everything before.
        connection.Execute(durable ? "SET synchronous_commit TO on" : "SET synchronous_commit TO off");

    /// <inheritdoc />
    public override IReadOnlyList<string> Tables(DbConnection connection, DbTransaction? transaction) =>
        connection
            .Query<string>(
                "SELECT tablename::text FROM pg_catalog.pg_tables WHERE schemaname = @Schema",
                new { Schema },
                transaction
            )
            .AsList();

    /// <inheritdoc />
    public override object Time(DateTimeOffset time) => time.UtcDateTime;

    /// <inheritdoc />
    public override DateTimeOffset ReadTime(object value) => new((DateTime)value);

    /// <inheritdoc />
    public override string OneOf(string list) => $"= ANY({list})";

    /// <inheritdoc />
    public override string Json(string parameter) => $@"CAST(replace({parameter}, '\u0000', '\ufffd') AS jsonb)";

    /// <inheritdoc />
    public override string? Text(string? text) => text?.Replace('\0', '\ufffd');

    /// <inheritdoc />
    public override string? Key(string? key)
    {
        var text = Text(key);
        if (text is null || text.Length * 3 <= KeyBytesMax || Encoding.UTF8.GetByteCount(text) <= KeyBytesMax)
        {
            return text;
        }
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        // Cut before the second half of a character outside of the basic plane.
        var length = char.IsHighSurrogate(text[199]) ? 199 : 200;
        return $"{text[..length]}… sha256:{hash}";
    }

    /// <inheritdoc />
    public override WriteFault Classify(Exception error) => PostgresErrors.Classify(error);

    /// <inheritdoc />
    public override SideException Translate(Exception error) => PostgresErrors.Translate(Place, error);

    /// <inheritdoc />
    public override void Dispose() => _source.Dispose();

    private static void Lock(DbTransaction transaction, string name, int? timeoutSeconds) =>
        transaction.Connection!.Execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(@name, 0))",
            new { name = $"{Schema}.{name}" },
            transaction,
            timeoutSeconds
        );

    private static bool IsDriver(Exception error) =>
        error is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException;
}
