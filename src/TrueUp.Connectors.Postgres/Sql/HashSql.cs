using TrueUp.Rows;

namespace TrueUp.Connectors.Postgres.Sql;

/// <summary>The hash of a row in PostgreSQL: the hash so far is the seed of the next value's hash.</summary>
internal static class HashSql
{
    private const int NullsPerGroup = 31;

    /// <summary>The hash of values in their order.</summary>
    public static string Of(IReadOnlyList<HashedValue> values, long seed)
    {
        var hash = Nulls(values, seed);
        foreach (var value in values)
        {
            hash = Mix(value, hash);
        }
        return hash;
    }

    // The smallest int8 has no literal without parentheses: the sign is an operator.
    private static string Seed(long seed) => $"('{seed}')::int8";

    private static string Nulls(IReadOnlyList<HashedValue> values, long seed)
    {
        var nullable = values.Where(v => v.Nullable).ToList();
        if (nullable.Count == 0)
        {
            return Seed(seed);
        }

        var hash = Seed(seed);
        foreach (var group in values.Chunk(NullsPerGroup))
        {
            var bits = group
                .Index()
                .Where(v => v.Item.Nullable)
                .Select(v => $"CASE WHEN {v.Item.IsNull} THEN {1 << v.Index} ELSE 0 END");
            hash = $"hashint4extended({string.Join(" + ", bits.DefaultIfEmpty("0"))}, {hash})";
        }
        return $"CASE WHEN {string.Join(" OR ", nullable.Select(v => v.IsNull))} THEN {hash} ELSE {Seed(seed)} END";
    }

    private static string Mix(HashedValue value, string hash) =>
        value.Carrier.Kind switch
        {
            LogicalKind.Bool => $"hashint4extended({Or("false", value)}::int4, {hash})",
            LogicalKind.Int16 => $"hashint2extended({Or("0::int2", value)}, {hash})",
            LogicalKind.Int32 => $"hashint4extended({Or("0", value)}, {hash})",
            LogicalKind.Int64 =>
                $"hashint8extended({Or("0::int8", value)}, hashint4extended(({Or("0::int8", value)} >> 32)::int4, {hash}))",
            LogicalKind.Uuid => $"uuid_hash_extended({Or($"'{Guid.Empty}'::uuid", value)}, {hash})",
            LogicalKind.Text when value.IsPadded =>
                $"hashbpcharextended({Or("''::bpchar", value with { Sql = RowSql.ColumnSql(value.Column) })} COLLATE \"C\", {hash})",
            _ =>
                $"hashtextextended({Or("''", value with { Sql = $"({CarrierSql.Canonical(value.Carrier, value.Sql)})::text" })} COLLATE \"C\", {hash})",
        };

    private static string Or(string substitute, HashedValue value) =>
        value.Nullable ? $"coalesce({value.Sql}, {substitute})" : value.Sql;
}
