using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using TrueUp.Testing;
using TrueUp.Testing.Postgres;

namespace TrueUp.Connectors.Tests.Postgres;

/// <summary>A real server makes of each row of the corpus what the corpus says, by the expressions of
/// docs/digest.md.</summary>
public sealed partial class CorpusTests(PostgresCluster cluster)
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
            {
                actual.Add(reader.IsDBNull(i) ? null : reader.GetString(i));
            }

            actual.ShouldBe(Expected(row), $"{row.About}: {row.Show()}");
        }
    }

    // The row's hashes, then each value's send form and canonical text.
    private static string Query(CorpusRow row)
    {
        string[] canonical = [.. row.Columns.Select((c, i) => OfColumn(DigestDocument.Forms[c.Kind].Canonical, i))];
        IEnumerable<string> hashes = row.Hashes.Keys.Select(seed => $"({Chain(row, seed)})::text");
        IEnumerable<string> values = row.Columns.SelectMany(
            (c, i) =>
                new[]
                {
                    $"encode({OfColumn(DigestDocument.Forms[c.Kind].Send, i)}, 'hex')",
                    // A boolean alone shows as a word; its canonical text is how it shows in a row.
                    c.Kind == "bool"
                        ? $"left(({canonical[i]})::text, 1)"
                        : $"({canonical[i]})::text",
                }
        );
        IEnumerable<string> columns = row.Columns.Select((c, i) => $"CAST({Literal(c.Value)} AS {c.Sql}) AS c{i + 1}");
        string selected = string.Join(", ", [.. hashes, .. values]);
        return $"SELECT {selected} FROM (SELECT {string.Join(", ", columns)}) AS r";
    }

    // The row hash by the rules of docs/digest.md, for this row's nulls.
    private static string Chain(CorpusRow row, long seed)
    {
        string hash = $"'{seed}'::int8";
        if (row.Columns.Any(c => c.Value is null))
        {
            foreach (CorpusValue[] group in row.Columns.Chunk(31))
            {
                int bits = group.Index().Sum(c => c.Item.Value is null ? 1 << c.Index : 0);
                hash = $"hashint4extended({bits}, {hash})";
            }
        }
        foreach ((int i, CorpusValue column) in row.Columns.Index())
        {
            bool isDirect = DigestDocument.Steps.TryGetValue(column.Kind, out (string Mix, string Null) step);
            string mix = isDirect
                ? step.Mix
                : $"hashtextextended({(column.Value is null ? "col" : $"({DigestDocument.Forms[column.Kind].Canonical})::text")} COLLATE \"C\", h)";
            string value =
                column.Value is not null ? $"r.c{i + 1}"
                : isDirect ? $"CAST('{step.Null}' AS {column.Sql})"
                : "''";
            string before = hash;
            hash = Name().Replace(mix, m => m.Value == "h" ? before : value);
        }
        return hash;
    }

    private static List<string?> Expected(CorpusRow row) =>
        [
            .. row.Hashes.Values.Select(hash => hash.ToString(CultureInfo.InvariantCulture)),
            .. row.Columns.SelectMany(c =>
                new[] { c.Send is null ? null : Convert.ToHexStringLower(c.Send), c.Canonical }
            ),
        ];

    private static string OfColumn(string expression, int column) => expression.Replace("col", $"c{column + 1}");

    [GeneratedRegex(@"\b(col|h)\b")]
    private static partial Regex Name();

    private static string Literal(string? value) => value is null ? "NULL" : $"'{value.Replace("'", "''")}'";
}
