using System.Globalization;

namespace TrueUp.Bench.Verifier;

/// <summary>
/// The table that is corrupted: a column of every type, with the values that are mistaken for each other (null and
/// empty, 1 and 4294967296, letters and those that look like them).
/// </summary>
internal static class SampleTable
{
    private static readonly string[] Names =
    [
        "Ana Costa",
        "Bjørn Lund",
        "Chen Wei",
        "Dorothea Weiß",
        "José Núñez",
        "Łukasz Żak",
        "O'Brien, \"Pat\"",
        "first line\nsecond line",
    ];

    /// <summary>The columns; the first is the key.</summary>
    public static IReadOnlyList<SampleColumn> Columns { get; } =
    [
        new("id", "int64", "bigint", "INTEGER", (id, _) => Number(id)),
        new("name", "text", "text", "TEXT", (id, random) => $"{Names[id % Names.Length]} {random.Next(1, 1000)}"),
        new(
            "note",
            "text",
            "text",
            "TEXT",
            (id, _) =>
                (id % 3) switch
                {
                    0 => null,
                    1 => "",
                    _ => $"note {id}",
                }
        ),
        new("code", "text", "text", "TEXT", (_, random) => random.Next(10, 99_999).ToString("00000", Invariant)),
        new("big", "int64", "bigint", "INTEGER", (id, random) => Big(id, random)),
        new("first", "int32", "integer", "INT4", (_, random) => Number(random.Next(-1000, 1000))),
        new("second", "int32", "integer", "INT4", (_, random) => Number(random.Next(-1000, 1000))),
        new("amount", "decimal(18,4)", "numeric(18,4)", "DECIMAL_TEXT(18,4)", (_, random) => Amount(random)),
        new("ratio", "float64", "double precision", "REAL", (id, random) => Ratio(id, random)),
        new("flag", "bool", "boolean", "BOOLEAN", (_, random) => random.Next(2) == 0 ? "true" : "false"),
        new("day", "date", "date", "DATE", (_, random) => Day(random)),
        new(
            "at",
            "time",
            "time",
            "TIME",
            (_, random) => $"{random.Next(1, 22):00}:{random.Next(60):00}:{random.Next(60):00}"
        ),
        new("stamp", "timestamp", "timestamp", "TIMESTAMP", (_, random) => Stamp(random)),
        new("moment", "timestamptz", "timestamptz", "TIMESTAMPTZ", (_, random) => Stamp(random) + "+00"),
        new(
            "span",
            "interval",
            "interval",
            "INTERVAL_TEXT",
            (id, random) => id % 2 == 0 ? "P1D" : $"P{random.Next(2, 20)}D"
        ),
        new("uid", "uuid", "uuid", "UUID", (_, random) => Uid(random)),
        new("data", "bytes", "bytea", "BLOB", (_, random) => "\\x" + Convert.ToHexStringLower(Bytes(random, 12))),
        new("doc", "json", "jsonb", "JSON", (_, random) => $"{{\"k\": {random.Next(1, 1000)}, \"tag\": \"x\"}}"),
        new(
            "tags",
            "",
            "integer[]",
            null,
            (_, random) => $"{{{random.Next(9)},{random.Next(10, 99)},{random.Next(100, 999)}}}"
        ),
    ];

    /// <summary>Where a column stands in a row.</summary>
    public static int IndexOf(SampleColumn column) => Columns.TakeWhile(c => c.Name != column.Name).Count();

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    /// <summary>The rows, each with a value for every column; the same ones for the same seed.</summary>
    public static IReadOnlyList<string?[]> Rows(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(1, count).Select(id => Columns.Select(c => c.Value(id, random)).ToArray())];
    }

    private static string Number(long number) => number.ToString(Invariant);

    private static string? Big(int id, Random random) =>
        (id % 5) switch
        {
            0 => "1",
            1 => "4294967296",
            2 => null,
            _ => Number(random.NextInt64(-1_000_000_000_000, 1_000_000_000_000)),
        };

    private static string Amount(Random random) =>
        (random.Next(1, 100_000_000) / 10_000m).ToString("0.0000", Invariant);

    private static string Ratio(int id, Random random) =>
        id % 4 == 0 ? "0" : ((random.NextDouble() - 0.5) * 1000).ToString("R", Invariant);

    private static string Day(Random random) =>
        $"20{random.Next(10, 30)}-{random.Next(1, 13):00}-{random.Next(1, 28):00}";

    private static string Stamp(Random random) =>
        $"{Day(random)} {random.Next(1, 22):00}:{random.Next(60):00}:{random.Next(60):00}.{random.Next(99_999):00000}{random.Next(1, 9)}";

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Uid(Random random) => new Guid(Bytes(random, 16)).ToString();
}
