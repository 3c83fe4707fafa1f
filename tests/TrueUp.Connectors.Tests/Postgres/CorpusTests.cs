using System.Globalization;
using Npgsql;
using TrueUp.Testing;
using TrueUp.Testing.Postgres;

namespace TrueUp.Connectors.Tests.Postgres;

/// <summary>A real server makes of each row of the corpus what the corpus says, by the expressions of
/// docs/digest.md.</summary>
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
            List<string?> actual = [];
            for (int i = 0; i < reader.FieldCount; i++)
                actual.Add(reader.IsDBNull(i) ? null : reader.GetString(i));
            actual.ShouldBe(Expected(row), $"{row.About} {row.Text}");
        }
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
        string selected = string.Join(", ", [record, .. hashes, .. values]);
        return $"SELECT {selected} FROM (SELECT {string.Join(", ", columns)}) AS r";
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
