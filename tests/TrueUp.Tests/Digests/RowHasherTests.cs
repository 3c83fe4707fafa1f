using FsCheck;
using FsCheck.Fluent;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Testing.Memory;
using TrueUp.Tests.Rows;

namespace TrueUp.Tests.Digests;

public sealed class RowHasherTests
{
    private static readonly Gen<string?[]> Rows = Gen.Frequency(
            (1, Gen.Constant<string?>(null)),
            (9, Values.AnyText().Select(t => (string?)t))
        )
        .ArrayOf(3);

    [Fact]
    public void Null_and_empty_differ_in_every_place()
    {
        string?[][] rows =
        [
            [null, null],
            [null, ""],
            ["", null],
            ["", ""],
        ];
        rows.Select(row => Hash(row)).Distinct().Count().ShouldBe(rows.Length);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(62)]
    [InlineData(100)]
    public void A_null_in_each_place_is_another_row(int columns)
    {
        var rows = Enumerable
            .Range(0, columns + 1)
            .Select(at => Enumerable.Range(0, columns).Select(i => i == at ? null : "0").ToArray());
        rows.Select(row => Hash(LogicalType.Int32, row)).Distinct().Count().ShouldBe(columns + 1);
    }

    [Fact]
    public void Different_rows_have_different_hashes_and_fields_never_run_together() =>
        Values.ForAll(
            Rows.Two(),
            pair => (Hash(pair.Item1) == Hash(pair.Item2)).ShouldBe(pair.Item1.SequenceEqual(pair.Item2)),
            cases: 5000
        );

    [Fact]
    public void Different_integers_have_different_hashes_also_when_only_a_half_differs() =>
        Values.ForAll(
            Gen.Zip(Values.AnyLong(), Gen.Choose(0, 63)),
            pair =>
            {
                var (value, bit) = pair;
                IntegerHash.Compute(value ^ (1L << bit), 7).ShouldNotBe(IntegerHash.Compute(value, 7));
                // What the server's own hash of a bigint takes for equal.
                IntegerHash
                    .Compute((long)(((ulong)value << 32) | ((ulong)value >> 32)), 7)
                    .ShouldNotBe(value >>> 32 == (value & uint.MaxValue) ? 0 : IntegerHash.Compute(value, 7));
            },
            cases: 5000
        );

    [Fact]
    public void Swapping_two_values_of_a_row_or_one_value_of_two_rows_changes_the_sum()
    {
        RowSchema schema = Schema(3);
        Values.ForAll(
            Rows.Two(),
            pair =>
            {
                (string?[] left, string?[] right) = pair;
                if (left[1] == right[1] || (left[0] == right[0] && left[2] == right[2]))
                {
                    return;
                }

                string?[] leftSwapped = [left[0], right[1], left[2]],
                    rightSwapped = [right[0], left[1], right[2]];
                Sum(schema, left, right).ShouldNotBe(Sum(schema, leftSwapped, rightSwapped));
            },
            cases: 3000
        );
    }

    [Fact]
    public void A_hash_depends_on_the_seed() =>
        Values.ForAll(
            Values.AnyLong().Two(),
            seeds =>
            {
                RowSchema schema = Schema(1);
                RowHasher hasher = new(schema);
                byte[] tuple = Texts.Tuple(schema, ["a"]);
                (hasher.HashRow(tuple, seeds.Item1) == hasher.HashRow(tuple, seeds.Item2)).ShouldBe(
                    seeds.Item1 == seeds.Item2
                );
            }
        );

    [Fact]
    public void The_hash_of_a_key_is_the_hash_of_a_row_of_its_columns_in_key_order()
    {
        Column[] columns = [new("a", LogicalType.Text), new("b", LogicalType.Decimal), new("c", LogicalType.Int64)];
        RowSchema schema = new(columns, [2, 0]);
        RowHasher hasher = new(schema);
        Values.ForAll(
            Gen.Zip(Values.AnyText(), Values.AnyLong()),
            values =>
            {
                byte[] tuple = Texts.Tuple(schema, [values.Item1, "1.50", $"{values.Item2}"]);
                byte[] key = Texts.KeyOf(schema, tuple);
                hasher.HashKey(tuple).ShouldBe(new RowHasher(schema.KeySchema).HashRow(key, 0));
                hasher.HashKey(tuple, 5).ShouldBe(new RowHasher(schema.KeySchema).HashRow(key, 5));
            }
        );
    }

    [Fact]
    public void A_hasher_forgets_the_row_before()
    {
        RowSchema schema = Schema(1);
        RowHasher hasher = new(schema);
        long alone = hasher.HashRow(Texts.Tuple(schema, ["b"]), 1);
        hasher.HashRow(Texts.Tuple(schema, [new string('"', 100_000)]), 1);
        hasher.HashRow(Texts.Tuple(schema, ["b"]), 1).ShouldBe(alone);
    }

    private static RowSchema Schema(int columns) =>
        new([.. Enumerable.Range(0, columns).Select(i => new Column($"c{i}", LogicalType.Text))], [0]);

    private static long Hash(params string?[] row) => Hash(LogicalType.Text, row);

    private static long Hash(LogicalType type, string?[] row)
    {
        RowSchema schema = new([.. row.Select((_, i) => new Column($"c{i}", type))], [0]);
        return new RowHasher(schema).HashRow(Texts.Tuple(schema, row), 1);
    }

    private static Int128 Sum(RowSchema schema, params string?[][] rows)
    {
        RowHasher hasher = new(schema);
        return rows.Aggregate(
            new SetDigest(),
            (digest, row) => digest.Add(hasher.HashRow(Texts.Tuple(schema, row), 1))
        ).Sum;
    }
}
