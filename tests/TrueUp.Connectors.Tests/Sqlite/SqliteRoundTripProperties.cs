using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;
using TrueUp.Testing.Conformance;

namespace TrueUp.Connectors.Tests.Sqlite;

/// <summary>Every value of every type comes back as it was written, extremes included.</summary>
public sealed class SqliteRoundTripProperties : IDisposable
{
    private static readonly LogicalType[] Types =
    [
        LogicalType.Int64,
        LogicalType.Bool,
        LogicalType.Int16,
        LogicalType.Int32,
        LogicalType.Int64,
        LogicalType.Float32,
        LogicalType.Float64,
        LogicalType.Decimal,
        LogicalType.DecimalOf(38, 10),
        LogicalType.Text,
        LogicalType.Bytes,
        LogicalType.Date,
        LogicalType.Time,
        LogicalType.Timestamp,
        LogicalType.TimestampTz,
        LogicalType.Interval,
        LogicalType.Uuid,
        LogicalType.Json,
    ];

    private static readonly RowPlan Plan = Tables.Plan([.. Types.Select((t, i) => ($"c{i} {t}", t))]);

    private readonly TestFile _file = new();
    private int _tables;

    [Fact]
    public void Every_type_comes_back_as_it_was_written()
    {
        var rows = Gen.ListOf(Gen.Choose(int.MinValue, int.MaxValue), 20)
            .Select(seeds => seeds.Select((s, i) => Row(i, new Random(s))).ToList());
        Prop.ForAll(Arb.From(rows), written => RoundTripAsync(written).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(120));
    }

    [Fact]
    public async Task The_extremes_come_back_as_they_were_written()
    {
        byte[]?[][] rows =
        [
            Extreme(
                long.MinValue,
                short.MinValue,
                int.MinValue,
                float.MinValue,
                double.MinValue,
                "-99999999999999999999999999.9999999999",
                "",
                int.MinValue,
                0,
                long.MinValue
            ),
            Extreme(
                long.MaxValue,
                short.MaxValue,
                int.MaxValue,
                float.MaxValue,
                double.MaxValue,
                "1e5",
                "a\0b\0",
                int.MaxValue,
                86_400_000_000,
                long.MaxValue
            ),
            Extreme(
                0,
                0,
                0,
                float.Epsilon,
                double.Epsilon,
                "0.0000000001",
                "🙂\r\n\t\"'\\",
                -2_451_545,
                1,
                -211_813_488_000_000_000
            ),
            Extreme(
                -1,
                -1,
                -1,
                float.NegativeInfinity,
                double.PositiveInfinity,
                "-0",
                "\u0001\uFFFD\uFEFF",
                2_145_031_948,
                86_399_999_999,
                9_223_371_331_199_999_999
            ),
        ];
        (await RoundTripAsync([.. rows])).ShouldBeTrue();
    }

    public void Dispose() => _file.Dispose();

    private async Task<bool> RoundTripAsync(List<byte[]?[]> rows)
    {
        await using var target = _file.Target($"t{_tables++}");
        await target.PrepareAsync(Plan, create: true, [], default);
        var schema = (await target.DescribeAsync(default))!;
        schema.Columns.Select(c => c.Type).ShouldBe(Types);
        using var batch = Encode(rows);
        await using (var writer = await target.BeginAsync("p", "r", null, Plan, default))
        {
            (await writer.ApplyAsync(new ChangeBatch(ChangeKind.Create, batch, default, 0), default)).ShouldBeEmpty();
        }

        await using var read = await target.OpenAsync(Plan, default);
        var partitioning = Partitioning.ByBuckets(16);
        (await read.DigestAsync(partitioning, Tables.Seed, default)).ShouldBe(
            Readings.Digest(batch, partitioning, Tables.Seed)
        );
        (await read.AllAsync()).ShouldBe([
            .. Enumerable
                .Range(0, batch.Count)
                .Select(i => Convert.ToBase64String(batch.Row(i)))
                .Order(StringComparer.Ordinal),
        ]);

        // The table describes itself, so that it can be the source of the next pipeline.
        await using var source = _file.Source($"t{_tables - 1}");
        var described = await source.DescribeAsync(default);
        foreach (var (column, type) in described.Columns.Zip(Types))
        {
            source.CanGive(column, type).ShouldBeTrue(column.Name);
        }

        await using var given = await source.OpenAsync(Plan, default);
        return (await given.DigestAsync(partitioning, Tables.Seed, default)).SequenceEqual(
            Readings.Digest(batch, partitioning, Tables.Seed)
        );
    }

    private static RowBatch Encode(List<byte[]?[]> rows)
    {
        using RowBatchBuilder builder = new(Plan.Schema);
        foreach (var row in rows)
        {
            builder.BeginRow();
            foreach (var field in row)
            {
                if (field is null)
                {
                    builder.WriteNull();
                }
                else
                {
                    builder.WriteField(field);
                }
            }
            builder.EndRow();
        }
        return builder.Build();
    }

    private static byte[]?[] Row(int index, Random random) =>
        [
            .. Types.Select(
                (type, column) =>
                    column == 0 ? Int64(((long)random.Next() << 8) + index)
                    : random.Next(8) == 0 ? null
                    : Value(type, random)
            ),
        ];

    private static byte[] Value(LogicalType type, Random random)
    {
        var bits = random.NextInt64(long.MinValue, long.MaxValue);
        return type.Kind switch
        {
            LogicalKind.Bool => [(byte)random.Next(2)],
            LogicalKind.Int16 => Int64(bits)[6..],
            LogicalKind.Int32 => Int64(bits)[4..],
            LogicalKind.Int64 => Int64(bits >> random.Next(64)),
            LogicalKind.Float32 => float.IsNaN(BitConverter.Int32BitsToSingle((int)bits))
                ? Single(0)
                : Zero(Int64(bits)[4..]),
            LogicalKind.Float64 => double.IsNaN(BitConverter.Int64BitsToDouble(bits)) ? Double(0) : Zero(Int64(bits)),
            LogicalKind.Decimal => Parse(type, Digits(random)),
            LogicalKind.Text => Encoding.UTF8.GetBytes(Words(random)),
            LogicalKind.Json => JsonSerializer.SerializeToUtf8Bytes(new { text = Words(random), bits }),
            LogicalKind.Bytes => Enumerable.Range(0, random.Next(40)).Select(_ => (byte)random.Next(256)).ToArray(),
            LogicalKind.Date => Int64(random.NextInt64(-2_451_545, 2_145_031_949))[4..],
            LogicalKind.Time => Int64(random.NextInt64(0, 86_400_000_001)),
            LogicalKind.Interval =>
            [
                .. Int64(bits),
                .. Int64(random.Next(-100_000, 100_000))[4..],
                .. Int64(random.Next(-5000, 5000))[4..],
            ],
            LogicalKind.Uuid => [.. Int64(bits), .. Int64(random.NextInt64())],
            _ => Int64(random.NextInt64(-211_813_488_000_000_000, 9_223_371_331_200_000_000)),
        };
    }

    private static byte[][] Extreme(
        long int64,
        short int16,
        int int32,
        float single,
        double real,
        string number,
        string text,
        int day,
        long time,
        long instant
    ) =>
        [
            Int64(int64),
            [1],
            Int64(int16)[6..],
            Int64(int32)[4..],
            Int64(int64),
            Single(single),
            Double(real),
            Parse(LogicalType.Decimal, number),
            Parse(LogicalType.DecimalOf(38, 10), number),
            Encoding.UTF8.GetBytes(text),
            Encoding.UTF8.GetBytes(text),
            Int64(day)[4..],
            Int64(time),
            Int64(instant),
            Int64(instant),
            [.. Int64(int64 / 2), .. Int64(int32)[4..], .. Int64(int32)[4..]],
            [.. Int64(int64), .. Int64(~int64)],
            Encoding.UTF8.GetBytes($"\"{text.Length}\""),
        ];

    // Minus zero equals zero, and SQLite keeps the one.
    private static byte[] Zero(byte[] send) =>
        send[0] == 0x80 && send.AsSpan(1).IndexOfAnyExcept((byte)0) < 0 ? new byte[send.Length] : send;

    private static string Digits(Random random) =>
        $"{(random.Next(2) == 0 ? "-" : "")}{random.NextInt64()}{random.Next(1_000_000_000)}.{random.Next(1_000_000_000):D9}";

    private static string Words(Random random)
    {
        string[] words =
        [
            "",
            " ",
            "a",
            "\0",
            "'",
            "\"",
            "é",
            "日本",
            "🙂",
            "\n",
            "00501",
            "1e5",
            "NaN",
            "NULL",
            "x".PadRight(300, 'y'),
        ];
        return string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => words[random.Next(words.Length)]));
    }

    private static byte[] Parse(LogicalType type, string text)
    {
        ArrayBufferWriter<byte> send = new();
        TypeCodec.For(type).TryParse(Encoding.UTF8.GetBytes(text), send).ShouldBeTrue(text);
        return send.WrittenSpan.ToArray();
    }

    private static byte[] Int64(long value)
    {
        var send = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(send, value);
        return send;
    }

    private static byte[] Single(float value) => Int64(BitConverter.SingleToInt32Bits(value))[4..];

    private static byte[] Double(double value) => Int64(BitConverter.DoubleToInt64Bits(value));
}
