using TrueUp.Connectors.Sqlite.Schemas;
using TrueUp.Rows;

namespace TrueUp.Connectors.Sqlite;

/// <summary>A column of a source: what it is declared as, and what its values turned out to be.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Declared">How it is declared.</param>
/// <param name="Own">The type all its values have.</param>
/// <param name="Scan">What was seen.</param>
internal sealed record SourceColumn(string Name, DeclaredType Declared, LogicalType Own, ColumnScan Scan)
{
    /// <summary>Whether every value can be given in a carrier exactly.</summary>
    public bool GivesAll(LogicalType carrier) => !Scan.HasBadText && Widens(Own, carrier);

    /// <summary>
    /// Whether values can be given in a carrier, or are rejected one by one: what the declaration promises can be asked
    /// for even
    /// if some values break the promise.
    /// </summary>
    public bool Gives(LogicalType carrier) => Widens(Own, carrier) || (IsPromised && carrier == Declared.Logical);

    /// <summary>The type to read values as for a carrier.</summary>
    public LogicalType ReadAs(LogicalType carrier) => Widens(Own, carrier) ? Own : Declared.Logical;

    private bool IsPromised => Declared.Logical.Kind != LogicalKind.Raw;

    private static bool Widens(LogicalType own, LogicalType carrier) =>
        carrier.Kind switch
        {
            LogicalKind.Text => true,
            LogicalKind.Int16 => own.Kind is LogicalKind.Int16,
            LogicalKind.Int32 => own.Kind is LogicalKind.Int16 or LogicalKind.Int32,
            LogicalKind.Int64 => own.Kind is LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64,
            LogicalKind.Float64 => own.Kind is LogicalKind.Float32 or LogicalKind.Float64,
            LogicalKind.Decimal => HasRoom(own, carrier),
            // A jsonb normalises its documents; ours are kept as written.
            LogicalKind.Json => own.Kind == LogicalKind.Json && carrier.Native is null or "json",
            _ => own.Kind == carrier.Kind,
        };

    private static bool HasRoom(LogicalType own, LogicalType carrier)
    {
        var (digits, scale) = own switch
        {
            { Kind: LogicalKind.Int16 } => (5, 0),
            { Kind: LogicalKind.Int32 } => (10, 0),
            { Kind: LogicalKind.Int64 } => (19, 0),
            { Kind: LogicalKind.Decimal, Precision: { } p } => (p - (own.Scale ?? 0), own.Scale ?? 0),
            { Kind: LogicalKind.Decimal } => (int.MaxValue, 0),
            _ => (-1, 0),
        };
        return digits >= 0
            && (
                carrier.Precision is not { } precision
                || (scale <= (carrier.Scale ?? 0) && digits <= precision - (carrier.Scale ?? 0))
            );
    }
}
