using System.Text;
using TrueUp.Connectors.Files;
using TrueUp.Connectors.Postgres;
using TrueUp.Connectors.Sqlite;
using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Bench.Faults.Hostile;

/// <summary>Pipeline files: nonsense of every kind in and around a good one.</summary>
internal sealed class HostileYaml : IHostileKind
{
    private const string Good = """
        name: sellers
        source: {type: csv, path: sellers.csv, delimiter: ";", header: true}
        target: {type: sqlite, path: sellers.db, table: sellers, create: true}
        key: [seller_number, region]
        columns:
          inquiry_date: {from: "Inquiry date", type: date, format: "dd.MM.yyyy"}
          price: {type: "decimal(9,2)", round: 2}
        mode: upsert
        updated_at: changed
        duplicates: last
        max_deletes: 30%
        schedule: {cron: "0 0 * * *", zone: UTC}
        rules:
          - {name: number format, column: seller_number, matches: '^AA\d+$'}
          - {name: has a name, column: name, required: true, on_fail: report}
          - {name: property exists, exists: {table: properties, column: seller_number}, when: has_property}
          - {name: range, column: price, min: 0, max: 100}
        verify: {content: true, repair: true, attempts: 3, allow_unproven: 1%}
        retry: {attempts: 3, initial: 1s, factor: 2, max: 30s}
        audit: {records: all}

        """;

    private static readonly string[] Words =
    [
        "&a ",
        "*a",
        "<<: *a",
        "!!binary ",
        "!<tag:x> ",
        "? ",
        "- ",
        ": ",
        ", ",
        "{",
        "}",
        "[",
        "]",
        "|\n  x\n",
        ">-\n",
        "'",
        "\"",
        "\"\\xZZ\"",
        "\"\\uD800\"",
        "%YAML 9.9\n",
        "---\n",
        "...\n",
        "#",
        "\t",
        "\n\n",
        "${HOME}",
        "${",
        "$${",
        "${no such}",
        "~",
        "null",
        "true",
        "-1",
        "0",
        "99999999999999999999",
        "1e400",
        ".inf",
        ".nan",
        "0x7F",
        "1s",
        "999999999999h",
        "-5m",
        "100%",
        "101%",
        "postgres",
        "xlsx",
        "sqlite",
        "csv",
        "mirror",
        "append",
        "name: again\n",
        "(a+)+$",
        "(?<",
        "\\",
        "decimal(99999,5)",
        "int32",
        "* * * * *",
        "61 25 * * *",
        "@daily",
        "Europe/Nowhere",
        "connection: \"Host=x;Password=y\"",
        "../../..",
        "query: select 1",
        "tables: [a, '*']",
    ];

    private static readonly ConnectorRegistry Connectors = new([
        new CsvConnector(),
        new XlsxConnector(),
        new SqliteConnector(),
        new PostgresConnector(),
    ]);

    public string Name => "yaml";

    public byte[] Make(Random random)
    {
        var text = random.Next(12) switch
        {
            0 => Bomb(random),
            1 => string.Concat(Enumerable.Range(0, random.Next(200)).Select(_ => Words[random.Next(Words.Length)])),
            2 => Good + string.Concat(Enumerable.Repeat(Words[random.Next(Words.Length)], 1 << random.Next(14))),
            3 => Shuffled(random),
            _ => Replaced(random),
        };
        var content = random.Next(3) > 0 ? Encoding.UTF8.GetBytes(text) : Mutation.Encoded(text, random);
        return random.Next(4) == 0 ? Mutation.Of(content, random, Words) : content;
    }

    public Task<string> ReadAsync(byte[] content, string path, Random random, CancellationToken cancellationToken)
    {
        File.WriteAllBytes(path, content);
        var reading = PipelineReader.Read(path, Connectors, name => name == "HOME" ? "/home/x" : null);
        foreach (var finding in reading.Findings)
        {
            BrokenPromiseException.UnlessSaid(finding.Code, finding.Message, finding.Suggestion);
        }
        BrokenPromiseException.Unless(
            reading.Pipeline is null == reading.Findings.Any(f => f.IsError),
            "a pipeline was refused without an error, or taken in spite of one"
        );
        if (reading.Pipeline is not { } pipeline)
        {
            return Task.FromResult($"refused: {reading.Findings.First(f => f.IsError).Code}");
        }
        return OpenAsync(pipeline);
    }

    // What passed its checks can be opened; whether it is there is another question.
    private static async Task<string> OpenAsync(PipelineDefinition pipeline)
    {
        await using var source = Connectors.Find(pipeline.Source.Type, SideRole.Source)!.OpenSource(pipeline.Source);
        await using var target = Connectors.Find(pipeline.Target.Type, SideRole.Target)!.OpenTarget(pipeline.Target);
        return "taken";
    }

    // Some lines with another value, another key, or twice.
    private static string Replaced(Random random)
    {
        var lines = Good.Split('\n').ToList();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(lines.Count);
            var line = lines[at];
            var cut = random.Next(line.Length + 1);
            var word = Words[random.Next(Words.Length)];
            lines[at] = random.Next(7) switch
            {
                0 => line + "\n" + line,
                1 => line[..cut] + word,
                2 => line.Contains(':', StringComparison.Ordinal)
                    ? line[..(line.IndexOf(':', StringComparison.Ordinal) + 1)] + " " + word
                    : word,
                3 => word + line,
                > 4 => Valued(line, word, random),
                _ => line[..cut] + word + line[cut..],
            };
        }
        return string.Join('\n', lines);
    }

    // Another word in the place of one value.
    private static string Valued(string line, string word, Random random)
    {
        var colons = Enumerable.Range(0, line.Length).Where(i => line[i] == ':').ToList();
        if (colons.Count == 0)
        {
            return line;
        }
        var from = colons[random.Next(colons.Count)] + 1;
        var until = line.AsSpan(from).IndexOfAny(',', '}');
        return $"{line[..from]} {word}{(until < 0 ? "" : line[(from + until)..])}";
    }

    private static string Shuffled(Random random)
    {
        var lines = Good.Split('\n');
        random.Shuffle(lines);
        return string.Join('\n', lines.Skip(random.Next(6)));
    }

    private static string Bomb(Random random)
    {
        if (random.Next(2) == 0)
        {
            var levels = Enumerable
                .Range(1, 12)
                .Select(i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
            return "a0: &a0 x\n" + string.Concat(levels) + Good;
        }
        var text = new StringBuilder();
        var piece = ((string[])["[", "{a: ", "- ", "? ", "'", "\"\n ", "|\n ", "a:\n "])[random.Next(8)];
        for (var i = 1 << random.Next(1, 17); i > 0 && text.Length < 900_000; i--)
        {
            text.Append(piece);
        }
        return text.ToString();
    }
}
