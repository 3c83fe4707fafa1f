using SQLitePCL;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite.Connections;

/// <summary>
/// Says what SQLite's result codes mean for a sync: whose fault it is, whether trying again helps, what to do.
/// </summary>
internal sealed class Failures(SqliteSide side)
{
    // Extended codes whose first byte alone would say too little (https://sqlite.org/rescode.html).
    private const int ConstraintTrigger = raw.SQLITE_CONSTRAINT | (7 << 8);

    /// <summary>The file is not there.</summary>
    public SideException Missing() =>
        new(
            ErrorType.Database,
            $"There is no file {side.Path}.",
            "Check the path; it is relative to the pipeline file."
        )
        {
            Code = "file_missing",
        };

    /// <param name="result">A result code, primary or extended.</param>
    /// <param name="message">SQLite's message; it names tables, columns and constraints, never values.</param>
    public Exception From(int result, string message) =>
        (result & 0xFF) switch
        {
            raw.SQLITE_INTERRUPT => new OperationCanceledException($"Reading {side.Name} was cancelled."),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Locked(),
            raw.SQLITE_READONLY => Of(
                "target_read_only",
                $"{side.Path} may not be written: {message}.",
                "Check the permissions of the file and of its folder (SQLite writes a journal beside it)."
            ),
            raw.SQLITE_PERM or raw.SQLITE_AUTH => Denied(message),
            raw.SQLITE_FULL => Of(
                "disk_full",
                $"There is no room left for {side.Path}.",
                "Free space on the disk, or raise the database's max_page_count."
            ),
            raw.SQLITE_NOTADB => Of(
                "not_a_database",
                $"{side.Path} is not an SQLite database.",
                "Check the path; an encrypted database cannot be read."
            ),
            raw.SQLITE_CORRUPT => Of(
                "corrupt",
                $"{side.Path} is damaged: {message}.",
                "Run `PRAGMA integrity_check` on it; restore a backup, or save what is left with the sqlite3 shell's .recover."
            ),
            raw.SQLITE_CONSTRAINT => Fault(
                "constraint_violation",
                result == ConstraintTrigger
                    ? $"A trigger of {side.Name} refused the record."
                    : $"{side.Name} refused the record: {message}.",
                "Correct the record, or the constraint if it is wrong."
            ),
            raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE => DoesNotFit(message),
            raw.SQLITE_CANTOPEN => File.Exists(side.Path) || Directory.Exists(side.Path) ? Denied(message) : Missing(),
            raw.SQLITE_IOERR => Of(
                "io_error",
                $"{side.Path} could not be read or written: {message}.",
                "Check the disk and, on a network share, its locking."
            ),
            raw.SQLITE_ERROR => Of(
                "sql_error",
                $"SQLite refused a statement on {side.Name}: {message}.",
                "Check the names and conditions of the pipeline file (table, query, owns) against the database."
            ),
            _ => Of(
                "side_failed",
                $"SQLite failed on {side.Name}: {message} (code {result}).",
                "See https://sqlite.org/rescode.html for the code."
            ),
        };

    /// <summary>A value that the database would not give back as it is.</summary>
    public SideException DoesNotFit(string what) =>
        Fault(
            "value_does_not_fit",
            $"{side.Name} cannot hold a value of the record: {what}.",
            "Correct the record, or choose a type that holds the value."
        );

    private SideException Locked() =>
        new(
            ErrorType.Database,
            $"{side.Path} is locked by another connection.",
            "Wait until the other program is done, or raise busy_timeout. If source and target are one file, set its journal_mode to WAL."
        )
        {
            Code = "database_locked",
            IsTransient = true,
        };

    private SideException Denied(string message) =>
        new(
            ErrorType.Auth,
            $"{side.Path} cannot be opened: {message}.",
            "Check that it is a file, and its permissions and those of its folder."
        )
        {
            Code = "permission_denied",
        };

    private static SideException Of(string code, string message, string suggestion) =>
        new(ErrorType.Database, message, suggestion) { Code = code };

    private static SideException Fault(string code, string message, string suggestion) =>
        new(ErrorType.Validation, message, suggestion) { Code = code, IsRecordFault = true };
}
