using TrueUp.Connectors.Files.Records;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Conversion;

/// <summary>Writes the texts of one column in the send form of its carrier.</summary>
internal abstract class FieldConverter
{
    /// <summary>Whether the carrier holds any text, the empty one included.</summary>
    public virtual bool IsText => false;

    /// <summary>Writes one field.</summary>
    /// <param name="text">Not null; valid UTF-8.</param>
    /// <param name="form">How it stands in the source.</param>
    /// <param name="builder">Where to; a row has been begun.</param>
    /// <returns>False when the text is no value of the carrier; the row must be taken back then.</returns>
    public abstract bool TryWrite(ReadOnlySpan<byte> text, FieldForm form, RowBatchBuilder builder);

    /// <summary>What the texts should have been, for people.</summary>
    public abstract string Expected { get; }

    /// <summary>The converter of a planned column.</summary>
    public static FieldConverter For(PlannedColumn column) =>
        column.Carrier.Kind switch
        {
            LogicalKind.Text or LogicalKind.Raw => new TextConverter(),
            LogicalKind.Json => new JsonConverter(),
            LogicalKind.Date
            or LogicalKind.Time
            or LogicalKind.Timestamp
            or LogicalKind.TimestampTz when column.Format is not null => new FormattedConverter(
                column.Carrier,
                column.Format
            ),
            LogicalKind.Int16
            or LogicalKind.Int32
            or LogicalKind.Int64
            or LogicalKind.Float32
            or LogicalKind.Float64
            or LogicalKind.Decimal when column.Round is not null || (column.Declared && column.Format is not null) =>
                new DeclaredNumberConverter(column),
            LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64 => new IntegerConverter(
                column.Carrier,
                column.Declared
            ),
            LogicalKind.Decimal => new DecimalConverter(column.Carrier, column.Declared),
            LogicalKind.Float32 or LogicalKind.Float64 => new FloatConverter(column.Carrier, column.Declared),
            _ => new CodecConverter(column.Carrier, column.Declared),
        };
}
