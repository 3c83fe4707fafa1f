using System.Runtime.InteropServices;

namespace TrueUp.Connectors.Sqlite.Connections;

/// <summary>
/// The functions of SQLite that are called for every value of every row. Called directly, because the general binding
/// counts references to its handle and looks its provider up at each call, which costs more than the functions do.
/// None of those without a transition of the garbage collector's mode can block or call back: nothing is shared, so
/// their mutex is none.
/// </summary>
internal static unsafe partial class Native
{
    private const string Library = "e_sqlite3";

    // SQLITE_TRANSIENT: SQLite copies what is bound.
    private const nint Copied = -1;

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    public static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_reset")]
    public static partial int Reset(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_type"), SuppressGCTransition]
    public static partial int ColumnType(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64"), SuppressGCTransition]
    public static partial long ColumnInt64(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_double"), SuppressGCTransition]
    public static partial double ColumnDouble(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64"), SuppressGCTransition]
    public static partial int BindInt64(nint statement, int parameter, long value);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_double"), SuppressGCTransition]
    public static partial int BindDouble(nint statement, int parameter, double value);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_null"), SuppressGCTransition]
    public static partial int BindNull(nint statement, int parameter);

    /// <summary>Has a connection ask what to do when it meets another one's lock; null to fail at once.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_busy_handler")]
    public static partial int BusyHandler(
        nint connection,
        delegate* unmanaged[Cdecl]<nint, int, int> handler,
        nint state
    );

    /// <summary>The length of a value as UTF-8; converts a value in UTF-16 to it.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes")]
    public static partial int ColumnBytes(nint statement, int column);

    /// <summary>The bytes of a value as they are stored; valid until the next step.</summary>
    public static ReadOnlySpan<byte> ColumnBlob(nint statement, int column)
    {
        // In the order that SQLite asks for.
        var bytes = ColumnBlobPointer(statement, column);
        return new ReadOnlySpan<byte>(bytes, ColumnBytes(statement, column));
    }

    public static int BindText(nint statement, int parameter, ReadOnlySpan<byte> value)
    {
        byte none;
        fixed (byte* bytes = value)
        {
            // Without an address SQLite would take it for null.
            return BindText(statement, parameter, value.IsEmpty ? &none : bytes, value.Length, Copied);
        }
    }

    public static int BindBlob(nint statement, int parameter, ReadOnlySpan<byte> value)
    {
        byte none;
        fixed (byte* bytes = value)
        {
            return BindBlob(statement, parameter, value.IsEmpty ? &none : bytes, value.Length, Copied);
        }
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_column_blob")]
    private static partial void* ColumnBlobPointer(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text")]
    private static partial int BindText(nint statement, int parameter, byte* value, int length, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_blob")]
    private static partial int BindBlob(nint statement, int parameter, byte* value, int length, nint destructor);
}
