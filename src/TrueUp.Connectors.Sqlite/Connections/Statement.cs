using System.Text;
using SQLitePCL;

namespace TrueUp.Connectors.Sqlite.Connections;

/// <summary>A compiled statement: bind, step, read, reset.</summary>
internal sealed class Statement(Connection connection, sqlite3_stmt handle) : IDisposable
{
    public sqlite3_stmt Handle => handle;

    /// <summary>Runs to the next row.</summary>
    /// <returns>False when there is none.</returns>
    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        return result switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw connection.Failure(result),
        };
    }

    /// <summary>Runs a statement that gives no rows, and makes it ready for the next time.</summary>
    public void Run()
    {
        var result = raw.sqlite3_step(handle);
        if (result is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            // The error's text is the connection's until the next call, so it is taken first.
            var failure = connection.Failure(result);
            Reset();
            throw failure;
        }
        Reset();
    }

    /// <summary>Makes it ready to run again. What the last run failed with was told then.</summary>
    public void Reset() => _ = raw.sqlite3_reset(handle);

    public Statement Bind(int parameter, string? value)
    {
        _ = value is null
            ? raw.sqlite3_bind_null(handle, parameter)
            : raw.sqlite3_bind_text(handle, parameter, Encoding.UTF8.GetBytes(value));
        return this;
    }

    public Statement Bind(int parameter, long value)
    {
        _ = raw.sqlite3_bind_int64(handle, parameter, value);
        return this;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    /// <summary>A text, or the text of a number; null for null.</summary>
    public string? Text(int column) => IsNull(column) ? null : raw.sqlite3_column_text(handle, column).utf8_to_string();

    public void Dispose() => handle.Dispose();
}
