using System.Text;
using TrueUp.Connectors.Files;
using TrueUp.Pipelines;

namespace TrueUp.Bench.Faults.Hostile;

/// <summary>CSV files: wrong quotes, wrong encodings, wrong numbers of fields, fields without end.</summary>
internal sealed class HostileCsv : IHostileKind
{
    private static readonly string[] Fields =
    [
        "1",
        "-0",
        "00501",
        "1e5",
        "1,5",
        "3.14",
        "NaN",
        "2024-02-30",
        "2024-02-29",
        "24:00",
        "true",
        "yes",
        "",
        "\"\"",
        "\"a\"\"b\"",
        "\"a\nb\"",
        "\"open",
        "clo\"sed",
        "\"a\"b",
        " x ",
        "\\N",
        "null",
        "é",
        "日本",
        "{\"a\":1}",
        "[",
        "00000000-0000-0000-0000-000000000000",
        "\u0000",
        "=1+1",
        "+49",
        "9223372036854775808",
        "0x1F",
        "1_000",
        "\uFEFF",
    ];

    private static readonly string[] Delimiters = [",", ",", ",", ";", "\t", "|"];
    private static readonly string[] Ends = ["\n", "\n", "\r\n", "\r"];

    public string Name => "csv";

    public byte[] Make(Random random)
    {
        var text = new StringBuilder();
        var delimiter = Delimiters[random.Next(Delimiters.Length)];
        var end = Ends[random.Next(Ends.Length)];
        var columns = random.Next(40) == 0 ? random.Next(3000) : random.Next(1, 8);
        for (var line = random.Next(random.Next(30) == 0 ? 2000 : 12); line >= 0; line--)
        {
            // Ragged now and then.
            var fields = random.Next(12) == 0 ? random.Next(columns + 4) : columns;
            text.AppendJoin(delimiter, Enumerable.Range(0, fields).Select(_ => Field(random)));
            text.Append(random.Next(30) == 0 ? Ends[random.Next(Ends.Length)] : end);
            if (text.Length > 1 << 20)
            {
                break;
            }
        }
        var content = Mutation.Encoded(text.ToString(), random);
        return random.Next(3) == 0 ? content : Mutation.Of(content, random, ["\"", "\"\"", ",", ";", "\n", "\"\n\""]);
    }

    public async Task<string> ReadAsync(byte[] content, string path, Random random, CancellationToken cancellationToken)
    {
        await File.WriteAllBytesAsync(path, content, cancellationToken);
        var side = new SideDefinition("csv").With("path", path);
        (string Name, string[] Values)[] options =
        [
            ("delimiter", [",", ";", "tab", "pipe", "€", "ab", ""]),
            ("quote", ["none", "'", "\"", "x"]),
            ("encoding", ["utf-8", "utf-16", "latin1", "windows-1252", "auto", "ebcdic"]),
            ("header", ["true", "false"]),
            ("null", ["", "\\N", "null"]),
            ("trim", ["true", "false"]),
            ("skip_rows", ["0", "1", "1000000"]),
        ];
        foreach (var (name, values) in options)
        {
            if (random.Next(5) == 0)
            {
                side = side.With(name, values[random.Next(values.Length)]);
            }
        }
        return await FileReading.OfAsync(new CsvConnector(), side, random, cancellationToken);
    }

    private static string Field(Random random) =>
        random.Next(400) == 0 ? new string('x', random.Next(300_000)) : Fields[random.Next(Fields.Length)];
}
