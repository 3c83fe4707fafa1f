using TrueUp.Rows;

namespace TrueUp.Connectors.Postgres.Sql;

/// <summary>A value to be hashed.</summary>
/// <param name="Carrier">The type it is carried in.</param>
/// <param name="Sql">An expression of that type.</param>
/// <param name="Column">The column it is made of.</param>
/// <param name="Nullable">False when it is known never to be null.</param>
/// <param name="IsPadded">Whether the column is a char(n) carried as text.</param>
internal readonly record struct HashedValue(
    LogicalType Carrier,
    string Sql,
    string Column,
    bool Nullable,
    bool IsPadded
)
{
    /// <summary>
    /// Whether the value is null, without making it. A composite value counts as null to the server when its fields are.
    /// </summary>
    public string IsNull => Carrier.Kind == LogicalKind.Raw ? $"num_nulls({Column}) = 1" : $"{Column} IS NULL";
}
