using TrueUp.Connectors.Sqlite.Schemas;
using TrueUp.Rows;

namespace TrueUp.Connectors.Sqlite.Cells;

/// <summary>Chooses how a column's values are read and bound.</summary>
/// <param name="bytesMax">The longest value that is read.</param>
/// <param name="isUtf8">Whether the database stores UTF-8.</param>
internal sealed class CellFactory(int bytesMax, bool isUtf8)
{
    /// <summary>The cell of a source column whose values are known to be of a type.</summary>
    public Cell ForSource(DeclaredType declared, LogicalType own, LogicalType carrier)
    {
        if (own.Kind == LogicalKind.Text)
        {
            return new AnyTextCell(
                new TextCell(bytesMax, isUtf8),
                new ConvertingCell(new BytesCell(bytesMax), LogicalType.Bytes, LogicalType.Text)
            );
        }
        // Integers widen to integers and floats to floats in their own storage class.
        return carrier.Kind == own.Kind || (IsInteger(own) && IsInteger(carrier)) || carrier.Kind == LogicalKind.Float64
            ? Own(declared, own, carrier)
            : new ConvertingCell(Own(declared, own, own), own, carrier);
    }

    /// <summary>The cell of a target column.</summary>
    public Cell ForTarget(DeclaredType declared, LogicalType carrier, bool isKey) =>
        declared.StorageOf(carrier) switch
        {
            Storage.Integer when carrier.Kind == LogicalKind.Bool => new BoolCell(),
            Storage.Integer => new IntegerCell(carrier.Kind),
            Storage.Real when carrier.Kind == LogicalKind.Decimal => new NumberCell(TypeCodec.For(carrier)),
            Storage.Real => new RealCell(carrier.Kind),
            Storage.Blob => new BytesCell(bytesMax),
            Storage.Text when carrier.Kind == LogicalKind.Text => new TextCell(bytesMax, isUtf8),
            Storage.Text => new CodedCell(TypeCodec.For(carrier), bytesMax, isUtf8)
            {
                IsKey = isKey,
                IsNumericColumn = carrier.Kind == LogicalKind.Json && declared.Affinity == Affinity.Numeric,
            },
            _ => throw new ArgumentException(
                $"A column declared '{declared.Name}' holds no {carrier}.",
                nameof(carrier)
            ),
        };

    private Cell Own(DeclaredType declared, LogicalType own, LogicalType carrier) =>
        own.Kind switch
        {
            LogicalKind.Bool => new BoolCell(),
            LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64 => new IntegerCell(carrier.Kind),
            LogicalKind.Float32 or LogicalKind.Float64 => new RealCell(carrier.Kind),
            LogicalKind.Bytes => new BytesCell(bytesMax),
            LogicalKind.Decimal when declared.Affinity != Affinity.Text => new NumberCell(TypeCodec.For(carrier)),
            _ => new CodedCell(TypeCodec.For(carrier), bytesMax, isUtf8),
        };

    private static bool IsInteger(LogicalType type) =>
        type.Kind is LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64;
}
