using System.Buffers;
using System.Buffers.Binary;
using SQLitePCL;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Rows;

namespace TrueUp.Connectors.Sqlite.Cells;

/// <summary>Integers of 16, 32 or 64 bits, stored as INTEGER.</summary>
internal sealed class IntegerCell(LogicalKind kind) : Cell
{
    private readonly int _size = kind switch
    {
        LogicalKind.Int16 => 2,
        LogicalKind.Int32 => 4,
        _ => 8,
    };

    public override bool IsOrdered => true;

    public override CellOutcome Read(Statement statement, int column, int storage, IBufferWriter<byte> send)
    {
        if (storage != raw.SQLITE_INTEGER)
        {
            return CellOutcome.NotAValue;
        }
        var value = statement.Int64(column);
        // A narrow value is the end of the wide one when nothing but its sign stands before it.
        var unused = 64 - (_size * 8);
        if (value << unused >> unused != value)
        {
            return CellOutcome.NotAValue;
        }
        // Big endian, the narrow form is the end of the wide one shifted to the front.
        BinaryPrimitives.WriteInt64BigEndian(send.GetSpan(8), value << unused);
        send.Advance(_size);
        return CellOutcome.Written;
    }

    public override bool TryBind(Statement statement, int parameter, ReadOnlySpan<byte> send)
    {
        long value = _size switch
        {
            2 => BinaryPrimitives.ReadInt16BigEndian(send),
            4 => BinaryPrimitives.ReadInt32BigEndian(send),
            _ => BinaryPrimitives.ReadInt64BigEndian(send),
        };
        return statement.TryBind(parameter, value);
    }
}
