using System.Runtime.InteropServices;
using SQLitePCL;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite.Reading;

/// <summary>
/// The database at one moment, on a connection of its own. With a write-ahead log a read transaction sees the moment it
/// began at
/// and hinders nobody, so it is held for the snapshot's life. With a rollback journal it locks writers out:
/// <list type="bullet">
/// <item>A source is locked for the snapshot's life. A sync that reads a moving source proves nothing.</item>
/// <item>A target is locked only while it is read, because what comes next is writing to it. Whether it changed between
/// two
/// readings is noticed by <see cref="CheckUnchanged"/>.</item>
/// </list>
/// </summary>
internal sealed class Snapshot : IDisposable
{
    // The size of SQLite's sqlite3_snapshot, which its header publishes.
    private const int SnapshotBytes = 48;

    private readonly SqliteSide _side;
    private readonly string? _version;
    private int _readings;

    private Snapshot(SqliteSide side, Connection connection, bool isHeld)
    {
        _side = side;
        Connection = connection;
        if (isHeld)
        {
            // This reading never ends.
            _readings = 1;
            Begin();
            Position = PositionNow();
            return;
        }
        Enter();
        _version = Version();
        Position = PositionNow();
        Leave();
    }

    public Connection Connection { get; }

    /// <summary>
    /// With changes in the write-ahead log it is SQLite's own identity of the snapshot (log salts, frames, their
    /// checksum);
    /// otherwise the file's length and time of last change. Equal values mean equal data, as far as the file system's
    /// clock
    /// tells two changes apart; the same data may get another value after a checkpoint.
    /// </summary>
    public SidePosition Position { get; }

    /// <summary>Opens a snapshot of a file.</summary>
    /// <param name="side">Which file.</param>
    /// <param name="role">A source is held in any journal mode.</param>
    /// <param name="cancellationToken">For the snapshot's life: ends its waiting for others' locks.</param>
    public static Snapshot Open(SqliteSide side, SideRole role, CancellationToken cancellationToken)
    {
        var connection = Connection.OpenForReading(side, cancellationToken);
        try
        {
            var isWal = string.Equals(connection.Scalar("PRAGMA journal_mode"), "wal", StringComparison.Ordinal);
            return new Snapshot(side, connection, isHeld: isWal || role == SideRole.Source);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Begins a reading; the gate is held.</summary>
    public void Enter()
    {
        if (_readings == 0)
        {
            Begin();
        }
        _readings++;
    }

    /// <summary>Ends a reading; the gate is held.</summary>
    public void Leave()
    {
        // After some errors SQLite has ended the transaction itself.
        if (--_readings == 0 && Connection.IsInTransaction)
        {
            Connection.Execute("COMMIT");
        }
    }

    /// <summary>Reads something that is soon read.</summary>
    public T Read<T>(Func<Connection, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (Connection.Gate)
        {
            Enter();
            try
            {
                using var stop = Connection.InterruptWhen(cancellationToken);
                return read(Connection);
            }
            finally
            {
                Leave();
            }
        }
    }

    /// <summary>Makes sure that every reading saw the same data.</summary>
    /// <exception cref="SideException">A writer came between them.</exception>
    public void CheckUnchanged(CancellationToken cancellationToken)
    {
        if (
            _version is not null
            && !string.Equals(_version, Read(_ => Version(), cancellationToken), StringComparison.Ordinal)
        )
        {
            throw new SideException(
                ErrorType.Database,
                $"{_side.Path} was changed by another program while it was read.",
                "Try again, or set its journal_mode to WAL so that readers and writers do not disturb each other."
            )
            {
                Code = "target_changed",
                IsTransient = true,
            };
        }
    }

    public void Dispose() => Connection.Dispose();

    // The transaction begins with the first read, not with BEGIN.
    private void Begin()
    {
        Connection.Execute("BEGIN");
        try
        {
            Connection.Scalar("SELECT count(*) FROM sqlite_schema");
        }
        catch
        {
            Connection.Rollback();
            throw;
        }
    }

    // Changes when another connection commits, and never otherwise; comparable within one connection.
    private string? Version() => Connection.Scalar("PRAGMA data_version");

    private SidePosition PositionNow()
    {
        if (raw.sqlite3_snapshot_get(Connection.Handle, "main", out var snapshot) == raw.SQLITE_OK)
        {
            var bytes = new byte[SnapshotBytes];
            Marshal.Copy(snapshot.DangerousGetHandle(), bytes, 0, bytes.Length);
            snapshot.Dispose();
            return new SidePosition("snapshot", $"wal:{Convert.ToHexStringLower(bytes)}");
        }
        // Only looked at from outside: opening the file here and closing it again would drop SQLite's locks, which
        // POSIX
        // ties to the process and not to who took them.
        var file = new FileInfo(_side.Path);
        return new SidePosition("snapshot", $"file:{file.Length}:{file.LastWriteTimeUtc:O}");
    }
}
