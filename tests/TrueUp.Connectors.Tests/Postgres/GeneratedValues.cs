using System.Globalization;
using System.Text;

namespace TrueUp.Connectors.Tests.Postgres;

/// <summary>Values of PostgreSQL's types as its input takes them: the extremes first, then random ones.</summary>
internal static class GeneratedValues
{
    private static readonly string[] Pieces =
    [
        "",
        " ",
        "a",
        "Z",
        "0",
        "'",
        "\"",
        "\\",
        ",",
        "(",
        ")",
        "{",
        "}",
        "\n",
        "\t",
        "ä",
        "日本",
        "🙂",
        "NULL",
        "null",
        "\v",
        "\u00A0",
        "%",
        "--",
    ];

    public static List<string> Of(string type, int count)
    {
        // The same values on every run.
        Random random = new(type.Length * 31);
        List<string> values = [.. Extremes(type)];
        while (values.Count < count)
        {
            values.Add(Any(type, random));
        }

        return values;
    }

    private static string[] Extremes(string type) =>
        type switch
        {
            "bool" => ["true", "false"],
            "int2" => ["-32768", "32767", "0"],
            "int4" or "positive" => type == "positive" ? ["1", "2147483647"] : ["-2147483648", "2147483647", "0"],
            "int8" => ["-9223372036854775808", "9223372036854775807", "0"],
            "float4" => ["NaN", "Infinity", "-Infinity", "-0", "0", "1e-45", "3.4028235e38", "-1.17549435e-38", "0.1"],
            "float8" =>
            [
                "NaN",
                "Infinity",
                "-Infinity",
                "-0",
                "0",
                "5e-324",
                "1.7976931348623157e308",
                "-2.2250738585072014e-308",
                "0.1",
            ],
            "numeric" =>
            [
                "NaN",
                "Infinity",
                "-Infinity",
                "0",
                "0.000",
                "-0.0",
                "1.10",
                "1.1",
                "10000",
                "0.0001",
                $"1{new string('0', 3000)}",
                $"-{new string('9', 900)}.{new string('9', 900)}",
                $"0.{new string('0', 700)}1",
                "1e131071",
                "1e-16000",
            ],
            "numeric(12,3)" => ["NaN", "999999999.999", "-999999999.999", "0", "0.001"],
            "text" or "label" =>
            [
                "",
                " ",
                "  ",
                "NULL",
                "\\",
                "\"",
                "\\\"",
                "()",
                "a,b",
                "line\nbreak",
                "é",
                "e\u0301",
                "🙂",
                new string('x', 70_000),
            ],
            "varchar(40)" => ["", " trailing  ", new string('ä', 40)],
            "bpchar(10)" => ["", "a", "a b", "äöüß日本語🙂xy"],
            "name" => ["", "a", new string('n', 63)],
            "\"char\"" => ["", "a", "'", "\\"],
            "bytea" => ["\\x", "\\x00", "\\xff", "\\x5c2c2822"],
            "date" =>
            [
                "infinity",
                "-infinity",
                "4714-11-24 BC",
                "5874897-12-31",
                "0001-01-01",
                "0001-12-31 BC",
                "2000-01-01",
                "1999-12-31",
                "2024-02-29",
            ],
            "time" => ["00:00:00", "24:00:00", "23:59:59.999999", "12:00:00.1"],
            "timetz" => ["00:00:00+15:59", "24:00:00-15:59", "12:34:56.789+00"],
            "timestamp" =>
            [
                "infinity",
                "-infinity",
                "4714-11-24 00:00:00 BC",
                "294276-12-31 23:59:59.999999",
                "2000-01-01 00:00:00",
                "1999-12-31 23:59:59.999999",
                "0001-01-01 00:00:00 BC",
            ],
            "timestamptz" =>
            [
                "infinity",
                "-infinity",
                "4714-11-24 00:00:00+00 BC",
                "294276-12-31 23:59:59.999999+00",
                "2026-03-29 02:30:00+01",
                "2000-01-01 00:00:00+00",
            ],
            "interval" =>
            [
                "0",
                "1 year 2 months -3 days 04:05:06.789",
                "-178000000 years",
                "178000000 years",
                "1 mon",
                "30 days",
                "-2147483648 days",
                "2562047788 hours",
                "-0.000001 seconds",
                "1 mon -1 day -00:00:00.5",
            ],
            "uuid" => ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"],
            "json" => ["{}", "[]", "null", "\"\"", "{ \"a\" : 1 , \"a\":1.0 }", "\"\\u00e4\\n\"", "1e2"],
            "jsonb" => ["{}", "[]", "null", "\"\"", "{ \"b\" : 1 , \"a\":1.00 }", "\"\\u00e4\\n\"", "1e2"],
            "mood" => ["sad", "ok", "very happy", "it's"],
            "int4[]" => ["{}", "{1,NULL,3}", "{{1,2},{3,4}}", "[2:3]={5,6}"],
            "text[]" => ["{}", "{NULL}", "{\"NULL\",\"\"}", "{\"a,b\",\"\\\"\",\"\\\\\"}"],
            "mood[]" => ["{}", "{sad,\"very happy\"}"],
            "pair" => ["(,)", "(1,\"a,\"\"b\")", "(-1,)"],
            "inet" => ["0.0.0.0", "255.255.255.255/8", "::", "2001:db8::1/64"],
            "cidr" => ["10.0.0.0/8", "::/0"],
            "macaddr" => ["00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff"],
            "money" => ["0", "-92233720368547758.08", "92233720368547758.07"],
            "int4range" => ["empty", "(,)", "[1,5]", "(,3)"],
            "tsrange" => ["empty", "[2020-01-01,infinity)", "(,)"],
            "xml" => ["<a/>", "<a b=\"c\">text &amp; more</a>", "just text"],
            "tsvector" => ["", "'a b':1A,2 'c'"],
            "bit(5)" => ["00000", "11111"],
            "varbit" => ["", "1", "0101010101"],
            "point" => ["(0,0)", "(-1.5,1e300)", "(NaN,Infinity)"],
            "pg_lsn" => ["0/0", "FFFFFFFF/FFFFFFFF"],
            _ => [],
        };

    private static string Any(string type, Random random) =>
        type switch
        {
            "bool" => random.Next(2) == 0 ? "t" : "f",
            "int2" => $"{(short)random.Next()}",
            "int4" => $"{random.Next(int.MinValue, int.MaxValue)}",
            "positive" => $"{random.Next(1, int.MaxValue)}",
            "int8" => $"{random.NextInt64(long.MinValue, long.MaxValue)}",
            "float4" => Finite(
                () => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)),
                float.IsFinite
            ),
            "float8" => Finite(
                () => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
                double.IsFinite
            ),
            "numeric" => $"{Sign(random)}{Digits(random, 1 + random.Next(60))}.{Digits(random, random.Next(60))}0",
            "numeric(12,3)" =>
                $"{Sign(random)}{Digits(random, 1 + random.Next(9))}.{Digits(random, random.Next(1, 4))}",
            "text" or "label" => Text(random, 12),
            "varchar(40)" => Cut(Text(random, 8), 40),
            "bpchar(10)" => Cut(Text(random, 4), 10).TrimEnd(' '),
            "name" => Cut(Text(random, 4), 15),
            "\"char\"" => $"{(char)random.Next(33, 127)}",
            "bytea" => $"\\x{Convert.ToHexString(Bytes(random, random.Next(40)))}",
            "date" => Day(random),
            "time" => Time(random),
            "timetz" => $"{Time(random)}{Sign(random, "+")}{random.Next(15):D2}:{random.Next(60):D2}",
            "timestamp" => Moment(random, ""),
            "timestamptz" => Moment(random, $"{Sign(random, "+")}{random.Next(15):D2}:{random.Next(60):D2}"),
            "interval" =>
                $"{random.Next(-5000, 5000)} mons {random.Next(-50_000, 50_000)} days {Sign(random)}{Time(random)}",
            "uuid" => new Guid(Bytes(random, 16)).ToString(),
            "json" or "jsonb" =>
                $"{{\"{Safe(random)}\": [{random.Next()}, {Digits(random, 5)}1.50, \"{Safe(random)}\", null, true]}}",
            "mood" => random.Next(2) == 0 ? "ok" : "it's",
            "int4[]" => $"{{{string.Join(',', Enumerable.Range(0, random.Next(9)).Select(_ => random.Next()))}}}",
            "text[]" =>
                $"{{{string.Join(',', Enumerable.Range(0, random.Next(6)).Select(_ => Quoted(Text(random, 5))))}}}",
            "mood[]" => "{ok,sad,\"it's\"}",
            "pair" => $"({random.Next()},{Quoted(Text(random, 5))})",
            "inet" or "cidr" => $"{random.Next(256)}.{random.Next(256)}.{random.Next(256)}.{random.Next(256)}/32",
            "macaddr" => string.Join(':', Bytes(random, 6).Select(b => $"{b:x2}")),
            "money" => $"{Sign(random)}{random.Next()}.{random.Next(100):D2}",
            "int4range" => $"[{random.Next(1000)},{random.Next(1000, 9000)})",
            "tsrange" => $"[\"{Moment(random, "")}\",infinity]",
            "xml" => $"<a b=\"{random.Next()}\"> {Digits(random, 8)} </a>",
            "tsvector" => $"'{Safe(random)}x':{random.Next(1, 999)}",
            "bit(5)" => Convert.ToString(random.Next(32, 64), 2)[1..],
            "varbit" => Convert.ToString(random.Next(), 2),
            "point" => $"({Number(random)},{Number(random)})",
            "pg_lsn" => $"{random.Next():X}/{random.Next():X}",
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No generator."),
        };

    private static string Finite<T>(Func<T> next, Func<T, bool> isFinite)
        where T : IFormattable
    {
        var value = next();
        while (!isFinite(value))
        {
            value = next();
        }

        return value.ToString("R", CultureInfo.InvariantCulture);
    }

    private static string Number(Random random) =>
        (random.NextDouble() * 1e6).ToString("R", CultureInfo.InvariantCulture);

    private static string Sign(Random random, string otherwise = "") => random.Next(2) == 0 ? "-" : otherwise;

    private static string Digits(Random random, int count) =>
        string.Concat(
            Enumerable.Range(0, count).Select(i => (char)('0' + random.Next(i == 0 && count > 1 ? 1 : 0, 10)))
        );

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Text(Random random, int pieces) =>
        string.Concat(Enumerable.Range(0, random.Next(pieces)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static string Cut(string text, int length)
    {
        StringBuilder cut = new();
        foreach (var rune in text.EnumerateRunes().Take(length))
        {
            cut.Append(rune.ToString());
        }

        return cut.ToString();
    }

    private static string Safe(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => (char)random.Next('a', 'z')));

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    private static string Day(Random random) =>
        $"{random.Next(1, 4700):D4}-{random.Next(1, 13):D2}-{random.Next(1, 29):D2}{(random.Next(3) == 0 ? " BC" : "")}";

    private static string Time(Random random) =>
        $"{random.Next(24):D2}:{random.Next(60):D2}:{random.Next(60):D2}.{random.Next(1_000_000):D6}";

    private static string Moment(Random random, string zone)
    {
        var day = Day(random);
        return day.EndsWith(" BC") ? $"{day[..^3]} {Time(random)}{zone} BC" : $"{day} {Time(random)}{zone}";
    }
}
