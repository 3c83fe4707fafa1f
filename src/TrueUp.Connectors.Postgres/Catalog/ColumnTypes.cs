using TrueUp.Rows;

namespace TrueUp.Connectors.Postgres.Catalog;

/// <summary>The logical types of PostgreSQL's types, and what can be exchanged for what.</summary>
internal static class ColumnTypes
{
    /// <param name="isSystem">Whether the type is one of the server's own.</param>
    /// <param name="name">The catalog's name of the type.</param>
    /// <param name="modifier">Precision and scale of a numeric, as the catalog encodes them.</param>
    /// <param name="native">The type's name in SQL with its modifier.</param>
    public static LogicalType Of(bool isSystem, string name, int modifier, string native) =>
        (isSystem ? name : "") switch
        {
            "bool" => LogicalType.Bool,
            "int2" => LogicalType.Int16,
            "int4" => LogicalType.Int32,
            "int8" => LogicalType.Int64,
            "float4" => LogicalType.Float32,
            "float8" => LogicalType.Float64,
            "numeric" => Numeric(modifier),
            "text" or "varchar" or "bpchar" or "name" => LogicalType.Text,
            "bytea" => LogicalType.Bytes,
            "date" => LogicalType.Date,
            "time" => LogicalType.Time,
            "timestamp" => LogicalType.Timestamp,
            "timestamptz" => LogicalType.TimestampTz,
            "interval" => LogicalType.Interval,
            "uuid" => LogicalType.Uuid,
            "json" or "jsonb" => new LogicalType(LogicalKind.Json, Native: name),
            _ => LogicalType.Raw(native),
        };

    /// <summary>Whether values of a column of one type can all be given in a carrier, exactly.</summary>
    public static bool CanGive(LogicalType type, LogicalType carrier) =>
        CanHold(type, carrier)
        || carrier.Kind switch
        {
            LogicalKind.Text => true,
            LogicalKind.Int32 => type.Kind is LogicalKind.Int16,
            LogicalKind.Int64 => type.Kind is LogicalKind.Int16 or LogicalKind.Int32,
            LogicalKind.Float32 => type.Kind is LogicalKind.Int16,
            LogicalKind.Float64 => type.Kind is LogicalKind.Float32 or LogicalKind.Int16 or LogicalKind.Int32,
            LogicalKind.Decimal => FitsDecimal(type, carrier),
            LogicalKind.Json => carrier.Native != "jsonb" && type.Kind == LogicalKind.Json,
            _ => false,
        };

    /// <summary>
    /// Whether a column of one type gives back every value of a carrier as it was written, and holds no others.
    /// </summary>
    public static bool CanHold(LogicalType type, LogicalType carrier) =>
        type == carrier
        || (
            type.Kind == LogicalKind.Json
            && carrier.Kind == LogicalKind.Json
            && type.Native == (carrier.Native ?? "json")
        );

    private static bool FitsDecimal(LogicalType type, LogicalType carrier)
    {
        var digits = type.Kind switch
        {
            LogicalKind.Int16 => 5,
            LogicalKind.Int32 => 10,
            LogicalKind.Int64 => 19,
            LogicalKind.Decimal => type.Precision - (type.Scale ?? 0) ?? int.MaxValue,
            _ => -1,
        };
        if (digits < 0)
        {
            return false;
        }

        return carrier.Precision is not { } precision
            || (
                digits <= precision - (carrier.Scale ?? 0)
                && (type.Kind != LogicalKind.Decimal || type.Scale <= (carrier.Scale ?? 0))
            );
    }

    // numeric_typmod of src/backend/utils/adt/numeric.c: precision in the upper half, an 11-bit signed scale below,
    // plus four.
    private static LogicalType Numeric(int modifier)
    {
        if (modifier < 0)
        {
            return LogicalType.Decimal;
        }

        var precision = ((modifier - 4) >> 16) & 0xFFFF;
        var scale = (((modifier - 4) & 0x7FF) ^ 1024) - 1024;
        return scale < 0
            ? LogicalType.DecimalOf(precision - scale, 0)
            : LogicalType.DecimalOf(Math.Max(precision, scale), scale);
    }
}
