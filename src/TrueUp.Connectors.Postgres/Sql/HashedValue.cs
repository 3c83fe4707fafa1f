using TrueUp.Rows;

namespace TrueUp.Connectors.Postgres.Sql;

/// <summary>A value to be hashed.</summary>
/// <param name="Carrier">The type it is carried in.</param>
/// <param name="Sql">An expression of that type.</param>
/// <param name="Nullable">False when it is known never to be null.</param>
/// <param name="Padded">For text of a char(n): the column itself.</param>
internal readonly record struct HashedValue(LogicalType Carrier, string Sql, bool Nullable, string? Padded);
