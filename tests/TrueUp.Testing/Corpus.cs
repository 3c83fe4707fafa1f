using System.Text;
using System.Text.Json;
using TrueUp.Rows;

namespace TrueUp.Testing;

/// <summary>
/// The rows of <c>tests/corpus/rows.jsonl</c> with what a PostgreSQL server makes of them: send forms, canonical
/// texts and hashes. <c>tests/corpus/rows.sql</c> writes the file; <c>docs/digest.md</c> says what it means.
/// </summary>
public static class Corpus
{
    /// <summary>The file's lines as they are.</summary>
    public static IReadOnlyList<string> Lines { get; } =
        File.ReadAllLines(RepositoryRoot.Combine("tests", "corpus", "rows.jsonl"));

    /// <summary>Every row of the corpus.</summary>
    public static IReadOnlyList<CorpusRow> Rows { get; } = [.. Lines.Select(CorpusRow.Parse)];
}

/// <summary>A row of the corpus.</summary>
/// <param name="About">What it is for.</param>
/// <param name="Columns">Its values, in order.</param>
/// <param name="Hashes">The row hash for each seed.</param>
public sealed record CorpusRow(string About, IReadOnlyList<CorpusValue> Columns, IReadOnlyDictionary<long, long> Hashes)
{
    /// <summary>Its kinds and canonical texts, for messages and for telling rows apart.</summary>
    public string Show() => string.Join(", ", Columns.Select(c => $"{c.Kind} {c.Canonical ?? "null"}"));

    /// <summary>The row's columns, named c1, c2, …; without a key.</summary>
    public RowSchema Schema => new([.. Columns.Select((c, i) => new Column($"c{i + 1}", c.Type))], []);

    /// <summary>The row in transport form, of the server's send forms.</summary>
    public byte[] Tuple()
    {
        using RowBatchBuilder builder = new(Schema);
        builder.BeginRow();
        foreach (CorpusValue column in Columns)
        {
            if (column.Send is null)
            {
                builder.WriteNull();
            }
            else
            {
                builder.WriteField(column.Send);
            }
        }

        builder.EndRow();
        using RowBatch batch = builder.Build();
        return batch.Row(0).ToArray();
    }

    internal static CorpusRow Parse(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement row = document.RootElement;
        return new CorpusRow(
            row.GetProperty("about").GetString()!,
            [.. row.GetProperty("columns").EnumerateArray().Select(CorpusValue.Parse)],
            row.GetProperty("hashes")
                .EnumerateObject()
                .ToDictionary(seed => long.Parse(seed.Name), seed => long.Parse(seed.Value.GetString()!))
        );
    }
}

/// <summary>A value of the corpus; all texts are null where it is null.</summary>
/// <param name="Type">The logical type that carries it.</param>
/// <param name="Kind">The name of that type in the corpus, which <c>docs/digest.md</c> uses too.</param>
/// <param name="Sql">The PostgreSQL type it has on the server.</param>
/// <param name="Value">A literal of it.</param>
/// <param name="Send">Its send form.</param>
/// <param name="Canonical">Its canonical text.</param>
public sealed record CorpusValue(
    LogicalType Type,
    string Kind,
    string Sql,
    string? Value,
    byte[]? Send,
    string? Canonical
)
{
    /// <summary>True where the literal is also the text of the value: the server keeps and normalises
    /// nothing.</summary>
    public bool IsSpelledAlike => Kind is not ("text" or "json" or "raw");

    internal static CorpusValue Parse(JsonElement column)
    {
        string kind = column.GetProperty("type").GetString()!;
        string sql = column.GetProperty("sql").GetString()!;
        string? send = column.GetProperty("send").GetString();
        return new CorpusValue(
            TypeOf(kind, sql),
            kind,
            sql,
            column.GetProperty("value").GetString(),
            send is null ? null : Convert.FromHexString(send),
            column.GetProperty("canonical").GetString()
        );
    }

    private static LogicalType TypeOf(string kind, string sql) =>
        kind switch
        {
            "raw" => LogicalType.Raw(sql),
            "json" => new LogicalType(LogicalKind.Json, Native: sql),
            "decimal" when LogicalType.TryParse(sql, out LogicalType type) => type,
            _ => LogicalType.TryParse(kind, out LogicalType type)
                ? type
                : throw new FormatException($"No type {kind}."),
        };
}
