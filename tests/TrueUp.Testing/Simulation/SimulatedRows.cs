using System.Buffers.Binary;
using TrueUp.Rows;
using TrueUp.Testing.Memory;

namespace TrueUp.Testing.Simulation;

/// <summary>The one table shape of simulations, and rows of it as a model sees them: bytes in hexadecimal.</summary>
internal static class SimulatedRows
{
    public const string Owned = "us";

    /// <summary>The mark of a name that the rules refuse.</summary>
    public const char Broken = '!';

    /// <summary>The mark of a name that the target refuses.</summary>
    public const char Refused = '#';

    public static IReadOnlyList<Column> Columns(LogicalType key) =>
        [
            new Column("id", key),
            new Column("name", LogicalType.Text),
            new Column("amount", LogicalType.Int64),
            new Column("changed", LogicalType.Int64),
            new Column("owner", LogicalType.Text),
        ];

    public static string KeyOf(MemoryTable table, ReadOnlySpan<byte> row) =>
        Convert.ToHexString(Texts.KeyOf(table.Schema, row));

    public static ModelRow Of(ReadOnlySpan<byte> row)
    {
        FieldReader.At(row, 3, out var stamp);
        FieldReader.At(row, 4, out var owner);
        return new ModelRow(
            Convert.ToHexString(row),
            BinaryPrimitives.ReadInt64BigEndian(stamp),
            owner.SequenceEqual("us"u8),
            IsRefused(row)
        );
    }

    public static bool IsRefused(ReadOnlySpan<byte> row) => Mark(row) == Refused;

    public static bool IsBroken(ReadOnlySpan<byte> row) => Mark(row) == Broken;

    public static bool HasKey(ReadOnlySpan<byte> row) => FieldReader.At(row, 0, out _);

    private static char Mark(ReadOnlySpan<byte> row) =>
        FieldReader.At(row, 1, out var name) && name.Length > 0 ? (char)name[0] : '\0';
}
