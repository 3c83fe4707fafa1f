using TrueUp.Connectors.Postgres.Catalog;
using TrueUp.Rows;

namespace TrueUp.Connectors.Postgres.Sql;

/// <summary>A value to be hashed.</summary>
/// <param name="Carrier">The type it is carried in.</param>
/// <param name="Sql">An expression of that type.</param>
/// <param name="Column">The column it is made of.</param>
internal readonly record struct HashedValue(LogicalType Carrier, string Sql, PgColumn Column)
{
    /// <summary>False when it is known never to be null.</summary>
    public bool Nullable => Column.Nullable;

    /// <summary>Whether the column is a char(n) carried as text.</summary>
    public bool IsPadded => Column.BaseType == "bpchar" && Carrier.Kind == LogicalKind.Text;

    /// <summary>
    /// Whether the value is null, without making it. A composite value counts as null to the server when its fields
    /// are.
    /// </summary>
    public string IsNull =>
        Column.Type.Kind == LogicalKind.Raw
            ? $"num_nulls({RowSql.ColumnSql(Column)}) = 1"
            : $"{RowSql.ColumnSql(Column)} IS NULL";
}
