using System.Globalization;
using System.Text;
using Npgsql;
using TrueUp.Digests;
using TrueUp.Testing;
using TrueUp.Testing.Postgres;

namespace TrueUp.Connectors.Tests.Postgres;

/// <summary>A real server makes of each row of the corpus what the corpus says, by the expressions of docs/digest.md.</summary>
public sealed class CorpusTests(PostgresCluster cluster)
{
    [Fact]
    public async Task The_server_gives_the_texts_and_hashes_of_the_corpus()
    {
        await using TestDatabase database = await cluster.CreateDatabaseAsync();
        await using NpgsqlConnection connection = await database.OpenAsync();
        await using (NpgsqlCommand settings = new(DigestDocument.Settings, connection))
        {
            await settings.ExecuteNonQueryAsync();
        }

        Corpus.Rows.Count.ShouldBeGreaterThan(250);
        foreach (CorpusRow row in Corpus.Rows)
        {
            await using NpgsqlCommand command = new(Query(row), connection);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
            (await reader.ReadAsync()).ShouldBeTrue();
            List<string?> actual = [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))];
            actual.ShouldBe(Expected(row), $"{row.About} {row.Text}");
        }
    }

    [Fact]
    public async Task A_million_texts_have_the_hashes_of_the_server()
    {
        const string Query = """
            SELECT text, seed, hashtextextended(text COLLATE "C", seed)
            FROM generate_series(1, 1000000) AS i,
                LATERAL (SELECT left(md5(i::text) || '日本é👩' || md5((-i)::text), i % 70) AS text,
                    CASE i % 4 WHEN 0 THEN 0 WHEN 1 THEN i ELSE hashtextextended(i::text, 5) END AS seed) AS t
            """;
        await using TestDatabase database = await cluster.CreateDatabaseAsync();
        await using NpgsqlConnection connection = await database.OpenAsync();
        await using NpgsqlCommand command = new(Query, connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        byte[] buffer = new byte[1024];
        int count = 0, wrong = 0;
        for (; await reader.ReadAsync(); count++)
        {
            int length = Encoding.UTF8.GetBytes(reader.GetString(0), buffer);
            if (TextHash.Compute(buffer.AsSpan(0, length), reader.GetInt64(1)) != reader.GetInt64(2))
                wrong++;
        }

        (count, wrong).ShouldBe((1_000_000, 0));
    }

    // The row's text and hashes, then each value's send form and canonical text.
    private static string Query(CorpusRow row)
    {
        string[] canonical = [.. row.Columns.Select((c, i) => OfColumn(DigestDocument.Forms[c.Kind].Canonical, i))];
        string record = $"row({string.Join(", ", canonical)})::text";
        IEnumerable<string> hashes =
            row.Hashes.Keys.Select(seed => $"hashtextextended({record} COLLATE \"C\", '{seed}'::int8)::text");
        IEnumerable<string> values = row.Columns.SelectMany((c, i) => new[]
        {
            $"encode({OfColumn(DigestDocument.Forms[c.Kind].Send, i)}, 'hex')",
            // A boolean alone shows as a word; what counts is how it shows in a row.
            c.Kind == "bool" ? $"left(({canonical[i]})::text, 1)" : $"({canonical[i]})::text",
        });
        IEnumerable<string> columns = row.Columns.Select((c, i) => $"CAST({Literal(c.Value)} AS {c.Sql}) AS c{i + 1}");
        return $"SELECT {string.Join(", ", [record, .. hashes, .. values])} FROM (SELECT {string.Join(", ", columns)}) AS r";
    }

    private static List<string?> Expected(CorpusRow row) =>
    [
        row.Text,
        .. row.Hashes.Values.Select(hash => hash.ToString(CultureInfo.InvariantCulture)),
        .. row.Columns.SelectMany(c => new[] { c.Send is null ? null : Convert.ToHexStringLower(c.Send), c.Canonical }),
    ];

    private static string OfColumn(string expression, int column) => expression.Replace("col", $"c{column + 1}");

    private static string Literal(string? value) => value is null ? "NULL" : $"'{value.Replace("'", "''")}'";
}
