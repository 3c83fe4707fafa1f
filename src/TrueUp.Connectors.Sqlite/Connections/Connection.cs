using SQLitePCL;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite.Connections;

/// <summary>
/// One connection to a database file, over SQLite's own functions: rows are bound and stepped by the million here, and
/// a layer
/// that boxes values would cost more than SQLite does. SQLite's own locking is off, it would halve the speed of
/// reading: who
/// shares a connection between threads holds its <see cref="Gate"/>.
/// </summary>
internal sealed class Connection : IDisposable
{
    static Connection() => Batteries_V2.Init();

    private readonly Failures _failures;
    private readonly CancellationToken _cancellationToken;
    private BusyWait? _wait;
    private bool? _isUtf8;

    private Connection(sqlite3 handle, Failures failures, CancellationToken cancellationToken)
    {
        Handle = handle;
        _failures = failures;
        _cancellationToken = cancellationToken;
    }

    public sqlite3 Handle { get; }

    /// <summary>Held by the one thread that uses the connection, where several may.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Whether the database stores text as UTF-8, and not as UTF-16.</summary>
    public bool IsUtf8 => _isUtf8 ??= string.Equals(Scalar("PRAGMA encoding"), "UTF-8", StringComparison.Ordinal);

    /// <summary>Whether a transaction is open.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>Rows the last statement inserted, updated or deleted itself.</summary>
    public int Changes => raw.sqlite3_changes(Handle);

    /// <summary>
    /// Opens an existing file so that nothing can be written through it. It is not opened read-only: the last such
    /// connection to
    /// a write-ahead log would leave its files behind, and it could not roll back what a killed writer began.
    /// </summary>
    /// <param name="side">Which file.</param>
    /// <param name="cancellationToken">For the connection's life: ends its waiting for others' locks.</param>
    public static Connection OpenForReading(SqliteSide side, CancellationToken cancellationToken)
    {
        var connection = Open(side, raw.SQLITE_OPEN_READWRITE, cancellationToken);
        connection.Execute("PRAGMA query_only = 1");
        return connection;
    }

    /// <summary>Opens a file for writing.</summary>
    /// <param name="side">Which file.</param>
    /// <param name="create">True to create the file, and the folders above it, when it is missing.</param>
    /// <param name="cancellationToken">For the connection's life: ends its waiting for others' locks.</param>
    public static Connection OpenForWriting(SqliteSide side, bool create, CancellationToken cancellationToken)
    {
        if (create)
        {
            CreateFolder(side);
        }
        return Open(side, raw.SQLITE_OPEN_READWRITE | (create ? raw.SQLITE_OPEN_CREATE : 0), cancellationToken);
    }

    /// <summary>Compiles one statement.</summary>
    public Statement Prepare(string sql)
    {
        var result = raw.sqlite3_prepare_v2(Handle, sql, out var statement);
        return result == raw.SQLITE_OK ? new Statement(this, statement) : throw Failure(result);
    }

    /// <summary>Runs statements that give no rows.</summary>
    public void Execute(string sql)
    {
        var result = raw.sqlite3_exec(Handle, sql);
        if (result != raw.SQLITE_OK)
        {
            throw Failure(result);
        }
    }

    /// <summary>The first value of the first row as text, or null.</summary>
    public string? Scalar(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Text(0) : null;
    }

    /// <summary>Ends the open transaction without its changes; SQLite may have done so itself after an error.</summary>
    public void Rollback()
    {
        if (IsInTransaction)
        {
            // Nothing more can be done when this fails; the error that led here is the one to tell.
            _ = raw.sqlite3_exec(Handle, "ROLLBACK");
        }
    }

    /// <summary>Ends running statements when the token is cancelled; they fail as cancelled.</summary>
    public CancellationTokenRegistration InterruptWhen(CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(static handle => raw.sqlite3_interrupt((sqlite3)handle!), Handle);

    /// <summary>What a result code of SQLite means.</summary>
    public Exception Failure(int result) =>
        (result & 0xFF) == raw.SQLITE_BUSY && _cancellationToken.IsCancellationRequested
            ? new OperationCanceledException("Waiting for another connection's lock was cancelled.", _cancellationToken)
            : _failures.From(result, raw.sqlite3_errmsg(Handle).utf8_to_string());

    public void Dispose()
    {
        _wait?.Dispose();
        _wait = null;
        Handle.Dispose();
    }

    private static Connection Open(SqliteSide side, int flags, CancellationToken cancellationToken)
    {
        var failures = new Failures(side);
        if ((flags & raw.SQLITE_OPEN_CREATE) == 0 && !File.Exists(side.Path))
        {
            throw failures.Missing();
        }
        var result = raw.sqlite3_open_v2(side.Path, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        var connection = new Connection(handle, failures, cancellationToken);
        try
        {
            if (result != raw.SQLITE_OK)
            {
                throw connection.Failure(raw.sqlite3_extended_errcode(handle));
            }
            _ = raw.sqlite3_extended_result_codes(handle, 1);
            connection._wait = new BusyWait(handle, side.BusyTimeout, cancellationToken);
            // Reads the first page, so that a file of another kind is told here.
            connection.Scalar("PRAGMA schema_version");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void CreateFolder(SqliteSide side)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(side.Path)!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SideException(
                ErrorType.Database,
                $"The folder of {side.Path} cannot be created.",
                "Check the path and the permissions of the folder above it.",
                error
            )
            {
                Code = "permission_denied",
            };
        }
    }
}
