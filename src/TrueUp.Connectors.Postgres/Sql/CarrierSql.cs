using TrueUp.Rows;

namespace TrueUp.Connectors.Postgres.Sql;

/// <summary>What a carrier is in PostgreSQL: the type it travels as, and the canonical text of its values.</summary>
internal static class CarrierSql
{
    /// <summary>The type whose binary form is the carrier's send form.</summary>
    public static string TypeOf(LogicalType carrier) =>
        carrier.Kind switch
        {
            LogicalKind.Bool => "bool",
            LogicalKind.Int16 => "int2",
            LogicalKind.Int32 => "int4",
            LogicalKind.Int64 => "int8",
            LogicalKind.Float32 => "float4",
            LogicalKind.Float64 => "float8",
            LogicalKind.Decimal => "numeric",
            LogicalKind.Text or LogicalKind.Json or LogicalKind.Raw => "text",
            LogicalKind.Bytes => "bytea",
            LogicalKind.Date => "date",
            LogicalKind.Time => "time",
            LogicalKind.Timestamp => "timestamp",
            LogicalKind.TimestampTz => "timestamptz",
            LogicalKind.Interval => "interval",
            LogicalKind.Uuid => "uuid",
            _ => throw new ArgumentOutOfRangeException(
                nameof(carrier),
                carrier.Kind,
                "No PostgreSQL type for this kind."
            ),
        };

    /// <summary>The type of a column that is created for a carrier.</summary>
    public static string ColumnTypeOf(LogicalType carrier) =>
        carrier.Kind switch
        {
            LogicalKind.Decimal when carrier.Precision is { } precision => $"numeric({precision},{carrier.Scale ?? 0})",
            LogicalKind.Json => carrier.Native == "jsonb" ? "jsonb" : "json",
            LogicalKind.Raw => carrier.Native ?? "text",
            _ => TypeOf(carrier),
        };

    /// <summary>The canonical text of a value, which is what is hashed; see the digest's specification.</summary>
    /// <param name="carrier">The carrier.</param>
    /// <param name="value">An expression of the carrier's type.</param>
    public static string Canonical(LogicalType carrier, string value) =>
        carrier.Kind switch
        {
            LogicalKind.Float32 =>
                $"CASE WHEN {value} = 'NaN'::float4 THEN 'nan' ELSE encode(float4send({value} + 0::float4), 'hex') END",
            LogicalKind.Float64 =>
                $"CASE WHEN {value} = 'NaN'::float8 THEN 'nan' ELSE encode(float8send({value} + 0::float8), 'hex') END",
            LogicalKind.Decimal => $"trim_scale({value})",
            LogicalKind.Bytes => $"encode({value}, 'hex')",
            LogicalKind.Date => $"encode(date_send({value}), 'hex')",
            LogicalKind.Time => $"encode(time_send({value}), 'hex')",
            LogicalKind.Timestamp => $"encode(timestamp_send({value}), 'hex')",
            LogicalKind.TimestampTz => $"encode(timestamptz_send({value}), 'hex')",
            LogicalKind.Interval => $"encode(interval_send({value}), 'hex')",
            _ => value,
        };
}
