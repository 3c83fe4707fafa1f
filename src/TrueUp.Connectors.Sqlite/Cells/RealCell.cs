using System.Buffers;
using System.Buffers.Binary;
using SQLitePCL;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Rows;

namespace TrueUp.Connectors.Sqlite.Cells;

/// <summary>
/// Floats of 32 or 64 bits, stored as REAL; a column of numeric affinity keeps whole ones as INTEGER. SQLite has no
/// NaN: it
/// would store null, so a NaN does not fit.
/// </summary>
internal sealed class RealCell(LogicalKind kind) : Cell
{
    private readonly bool _single = kind == LogicalKind.Float32;

    public override CellOutcome Read(Statement statement, int column, int storage, IBufferWriter<byte> send)
    {
        double value;
        if (storage == raw.SQLITE_FLOAT)
        {
            value = statement.Double(column);
        }
        else if (storage != raw.SQLITE_INTEGER || !IsExact(statement.Int64(column), out value))
        {
            return CellOutcome.NotAValue;
        }
        if (!_single)
        {
            BinaryPrimitives.WriteDoubleBigEndian(send.GetSpan(8), value);
            send.Advance(8);
            return CellOutcome.Written;
        }
        if ((float)value != value)
        {
            return CellOutcome.NotAValue;
        }
        BinaryPrimitives.WriteSingleBigEndian(send.GetSpan(4), (float)value);
        send.Advance(4);
        return CellOutcome.Written;
    }

    public override bool TryBind(Statement statement, int parameter, ReadOnlySpan<byte> send)
    {
        var value = _single ? BinaryPrimitives.ReadSingleBigEndian(send) : BinaryPrimitives.ReadDoubleBigEndian(send);
        return !double.IsNaN(value) && statement.TryBind(parameter, value);
    }

    /// <summary>Whether a float of 64 bits is exactly this integer.</summary>
    public static bool IsExact(long integer, out double value)
    {
        value = integer;
        // 2^63 is a float but no integer of 64 bits; casting it back would saturate to the largest.
        return value < 9.2233720368547758E18 && (long)value == integer;
    }
}
