using System.Buffers.Binary;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;
using TrueUp.Testing.Postgres;

namespace TrueUp.Connectors.Tests.Postgres;

/// <summary>The hash that one side may compute in the server and the other here.</summary>
public sealed class TextHashTests(PostgresCluster cluster)
{
    // 0 to 200 characters of one to four bytes each, behind a number now and then so that no two are alike.
    private const string Query = """
        SELECT s, seed, hashtextextended(s COLLATE "C", seed) AS hash
        FROM (SELECT
            CASE WHEN i % 3 = 0 THEN '' ELSE i::text END
              || substr(a.text, (hashint8extended(i, 1) & 255)::int, (hashint8extended(i, 2) & 127)::int + (i % 74)::int) AS s,
            CASE i % 5 WHEN 0 THEN 0 WHEN 1 THEN -1 ELSE hashint8extended(i, 3) END AS seed
          FROM generate_series(1, 1000000) AS i,
            (SELECT repeat('abcdefghijklm nopqrstuvwxyz"\,()', 5) || repeat('äöüß', 20) || repeat('日本語', 30) || repeat('🙂x', 50)
              || repeat(E'\n\t', 20) AS text OFFSET 0) AS a) AS rows
        """;

    [Fact]
    public async Task A_million_strings_hash_as_the_server_hashes_them()
    {
        await using var database = await cluster.CreateDatabaseAsync();
        await using var source = PostgresFixture.Source(database, "query", Query);
        var schema = await source.DescribeAsync(default);
        schema.Columns.Select(c => c.Type).ShouldBe([LogicalType.Text, LogicalType.Int64, LogicalType.Int64]);
        await using var rows = await source.OpenAsync(PostgresFixture.PlanOf(schema, "s"), default);

        var (count, longest, wrong) = (0, 0, 0);
        await foreach (var batch in rows.ReadAsync(PartSelection.Everything, null, default))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    var fields = batch.Fields(i);
                    fields.Next(out var text);
                    fields.Next(out var seed);
                    fields.Next(out var hash);
                    count++;
                    longest = Math.Max(longest, text.Length);
                    if (
                        TextHash.Compute(text, BinaryPrimitives.ReadInt64BigEndian(seed))
                        != BinaryPrimitives.ReadInt64BigEndian(hash)
                    )
                    {
                        wrong++;
                    }
                }
            }
        }
        count.ShouldBe(1_000_000);
        longest.ShouldBeGreaterThan(300);
        wrong.ShouldBe(0);
    }
}
