using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Tests.Files;

public sealed class CsvRoundTripTests : CsvFixture
{
    [Fact]
    public void What_is_written_is_read_whatever_the_quoting_line_ends_and_delimiter() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => RoundTrips(seed).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private async Task<bool> RoundTrips(int seed)
    {
        var random = new Random(seed);
        var delimiter = ",;\t|:"[random.Next(5)];
        var width = random.Next(1, 6);
        var rows = Enumerable
            .Range(0, random.Next(0, 60))
            .Select(_ => Enumerable.Range(0, width).Select(_ => Value(random)).ToArray())
            .ToList();
        var text = new StringBuilder();
        Write(text, [.. Enumerable.Range(0, width).Select(i => $"c{i}")], delimiter, random);
        foreach (var row in rows)
        {
            Write(text, row, delimiter, random);
        }
        Encoding encoding = new Encoding[]
        {
            new UTF8Encoding(true),
            new UTF8Encoding(false),
            Encoding.Unicode,
            Encoding.BigEndianUnicode,
        }[random.Next(4)];
        var path = Folder.Write("data.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes(text.ToString())]);
        var read = await FileReading.Of(
            new Connectors.Files.CsvConnector(),
            Side(path, ("delimiter", delimiter.ToString())),
            schema => schema.Columns.Select(c => new PlannedColumn(c.Name, c.Name, LogicalType.Text))
        );
        return read.Rejects.Count == 0
            && read.Rows.Count == rows.Count
            && read.Rows.Zip(rows).All(p => p.First.SequenceEqual(p.Second));
    }

    private static string? Value(Random random) =>
        random.Next(6) switch
        {
            0 => null,
            1 => "",
            2 => random.Next().ToString(),
            _ => string.Concat(
                Enumerable
                    .Range(0, random.Next(1, random.Next(20) == 0 ? 3_000 : 12))
                    .Select(_ => Pieces[random.Next(Pieces.Length)])
            ),
        };

    private static readonly string[] Pieces =
    [
        "a",
        "b",
        " ",
        "\"",
        "\"\"",
        ",",
        ";",
        "\t",
        "|",
        ":",
        "\n",
        "\r",
        "\r\n",
        "é",
        "€",
        "😀",
        "x",
        "-",
        "'",
    ];

    private static void Write(StringBuilder text, string?[] row, char delimiter, Random random)
    {
        for (var i = 0; i < row.Length; i++)
        {
            text.Append(i > 0 ? delimiter.ToString() : "");
            text.Append(
                row[i] switch
                {
                    // A line with nothing on it is no record: a null that is alone in its row cannot be written.
                    null when row.Length == 1 => Quote(row[i] = ""),
                    null => "",
                    { } value
                        when value.Length == 0
                            || value.AsSpan().IndexOfAny(['\r', '\n', '"', delimiter]) >= 0
                            || random.Next(2) == 0 => Quote(value),
                    { } value => value,
                }
            );
        }
        text.Append(
            random.Next(3) switch
            {
                0 => "\n",
                1 => "\r\n",
                _ => "\r",
            }
        );
    }

    private static string Quote(string value) => $"\"{value.Replace("\"", "\"\"")}\"";
}
