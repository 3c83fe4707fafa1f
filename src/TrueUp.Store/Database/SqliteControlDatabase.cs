using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Store.Database;

/// <summary>The control database in one SQLite file with a write-ahead log.</summary>
internal sealed class SqliteControlDatabase : ControlDatabase
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private readonly string _connectionString;
    private readonly string _path;

    /// <param name="path">The file; created (mode 600) when missing.</param>
    /// <param name="lockTimeoutSeconds">How long to wait for another process that writes.</param>
    public SqliteControlDatabase(string path, int lockTimeoutSeconds = 30)
    {
        _path = path;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            ForeignKeys = true,
            DefaultTimeout = lockTimeoutSeconds,
        }.ToString();
    }

    /// <inheritdoc />
    public override string Dialect => "sqlite";

    /// <inheritdoc />
    public override string Place => _path;

    /// <inheritdoc />
    public override string TimeType => "TEXT";

    /// <inheritdoc />
    public override string Now => "@now";

    /// <inheritdoc />
    public override string After(string seconds) =>
        // SQLite counts milliseconds; the zeros make the text as wide as TimeFormat, so that both compare.
        $"(strftime('%Y-%m-%dT%H:%M:%f', @now, {seconds} || ' seconds') || '000Z')";

    /// <inheritdoc />
    public override DbConnection Connect()
    {
        SqliteConnection? connection = null;
        try
        {
            CreateFile();
            connection = new SqliteConnection(_connectionString);
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL");
            return connection;
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection?.Dispose();
            throw Translate(error);
        }
    }

    /// <inheritdoc />
    public override ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken) => new(Connect());

    /// <inheritdoc />
    public override DbTransaction BeginExclusive(DbConnection connection) =>
        ((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: false);

    /// <inheritdoc />
    public override IReadOnlyList<Finding> Secure() => [];

    /// <inheritdoc />
    public override void Lock(DbTransaction transaction, string name)
    {
        // A file has one writer at a time.
    }

    /// <inheritdoc />
    public override void SetDurable(DbConnection connection, bool durable) =>
        // FULL makes each commit sync the log, and with it everything written to the log before. NORMAL loses nothing
        // when the process dies, and at most the last transactions when the machine does.
        connection.Execute(durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");

    /// <inheritdoc />
    public override IReadOnlyList<string> Tables(DbConnection connection, DbTransaction? transaction) =>
        connection
            .Query<string>(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
                transaction: transaction
            )
            .AsList();

    /// <inheritdoc />
    public override object Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public override DateTimeOffset ReadTime(object value) =>
        DateTimeOffset.Parse((string)value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <inheritdoc />
    public override string OneOf(string list) => $"IN {list}";

    /// <inheritdoc />
    public override string Json(string parameter) => parameter;

    /// <inheritdoc />
    public override string? Text(string? text) => text;

    /// <inheritdoc />
    public override string? Key(string? key) => key;

    /// <inheritdoc />
    public override WriteFault Classify(Exception error) =>
        error switch
        {
            // Locked, read-only, an error of the disk, damaged, full, not to be opened.
            SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or Corrupt or 13 or 14 } => WriteFault.Unavailable,
            _ => WriteFault.Job,
        };

    /// <inheritdoc />
    public override SideException Translate(Exception error) =>
        error switch
        {
            SideException known => known,
            SqliteException { SqliteErrorCode: Corrupt or NotADatabase } => StoreErrors.Corrupt(
                _path,
                error.Message,
                error
            ),
            SqliteException { SqliteErrorCode: 5 or 6 } => StoreErrors.Unavailable(
                _path,
                "another process has it locked.",
                "Wait for the other process, or end it; see which one has the file open.",
                transient: true,
                error
            ),
            SqliteException { SqliteErrorCode: 8 } => StoreErrors.Unavailable(
                _path,
                "it is read-only.",
                "Allow writing to the folder and the files in it, or use another --home.",
                transient: false,
                error
            ),
            SqliteException { SqliteErrorCode: 13 } => StoreErrors.Unavailable(
                _path,
                "the disk is full.",
                "Make room on the disk, then run again.",
                transient: false,
                error
            ),
            _ => StoreErrors.Unavailable(
                _path,
                error.Message,
                "See that the folder exists and can be written to, or use another --home.",
                transient: false,
                error
            ),
        };

    /// <inheritdoc />
    public override void Dispose()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    /// <summary>SQLite gives its other files the same mode.</summary>
    private void CreateFile()
    {
        if (File.Exists(_path))
        {
            return;
        }
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using var created = new FileStream(_path, options);
    }
}
