using System.Text;
using SQLitePCL;

namespace TrueUp.Connectors.Sqlite.Connections;

/// <summary>A compiled statement: bind, step, read, reset. Columns count from 0, parameters from 1.</summary>
internal sealed class Statement(Connection connection, sqlite3_stmt handle) : IDisposable
{
    private readonly nint _statement = handle.DangerousGetHandle();

    /// <summary>Runs to the next row.</summary>
    /// <returns>False when there is none.</returns>
    public bool Step()
    {
        var result = Native.Step(_statement);
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
        var result = Native.Step(_statement);
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
    public void Reset() => _ = Native.Reset(_statement);

    public Statement Bind(int parameter, string? value)
    {
        _ = value is null
            ? Native.BindNull(_statement, parameter)
            : Native.BindText(_statement, parameter, Encoding.UTF8.GetBytes(value));
        return this;
    }

    public Statement Bind(int parameter, long value)
    {
        _ = Native.BindInt64(_statement, parameter, value);
        return this;
    }

    public void BindNull(int parameter) => _ = Native.BindNull(_statement, parameter);

    /// <returns>False when SQLite does not take the value.</returns>
    public bool TryBind(int parameter, long value) => Native.BindInt64(_statement, parameter, value) == raw.SQLITE_OK;

    /// <returns>False when SQLite does not take the value.</returns>
    public bool TryBind(int parameter, double value) =>
        Native.BindDouble(_statement, parameter, value) == raw.SQLITE_OK;

    /// <returns>False when SQLite does not take the value.</returns>
    public bool TryBindText(int parameter, ReadOnlySpan<byte> utf8) =>
        Native.BindText(_statement, parameter, utf8) == raw.SQLITE_OK;

    /// <returns>False when SQLite does not take the value.</returns>
    public bool TryBindBlob(int parameter, ReadOnlySpan<byte> value) =>
        Native.BindBlob(_statement, parameter, value) == raw.SQLITE_OK;

    /// <summary>The storage class of a value (SQLITE_INTEGER, …); to be asked before the value is.</summary>
    public int Storage(int column) => Native.ColumnType(_statement, column);

    public bool IsNull(int column) => Storage(column) == raw.SQLITE_NULL;

    public long Int64(int column) => Native.ColumnInt64(_statement, column);

    public double Double(int column) => Native.ColumnDouble(_statement, column);

    /// <summary>The length of a value in bytes; of a text as UTF-8, to which it is converted in place.</summary>
    public int Length(int column) => Native.ColumnBytes(_statement, column);

    /// <summary>The bytes of a value as they are stored; valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => Native.ColumnBlob(_statement, column);

    /// <summary>A text, or the text of a number; null for null.</summary>
    public string? Text(int column) => IsNull(column) ? null : raw.sqlite3_column_text(handle, column).utf8_to_string();

    public void Dispose() => handle.Dispose();
}
