using System.Text;
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

    [Theory]
    [InlineData("a", "(a)")]
    [InlineData("", "(\"\")")]
    [InlineData(null, "()")]
    [InlineData(" ", "(\" \")")]
    [InlineData("\t", "(\"\t\")")]
    [InlineData("\n", "(\"\n\")")]
    [InlineData("\v", "(\"\v\")")]
    [InlineData("\f", "(\"\f\")")]
    [InlineData("\r", "(\"\r\")")]
    [InlineData("\"", "(\"\"\"\")")]
    [InlineData("\\", "(\"\\\\\")")]
    [InlineData("a\\\"b", "(\"a\\\\\"\"b\")")]
    [InlineData(",", "(\",\")")]
    [InlineData("(", "(\"(\")")]
    [InlineData(")", "(\")\")")]
    [InlineData("{}", "({})")]
    [InlineData("'", "(')")]
    [InlineData("\u00a0", "(\u00a0)")]
    [InlineData("\u0085", "(\u0085)")]
    [InlineData("\u0001", "(\u0001)")]
    public void A_field_is_quoted_where_a_composite_value_quotes_it(string? field, string text) =>
        Text(field).ShouldBe(text);

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
        rows.Select(Text).ShouldBe(["(,)", "(,\"\")", "(\"\",)", "(\"\",\"\")"]);
    }

    [Fact]
    public void Different_rows_have_different_texts_and_fields_never_run_together() =>
        Values.ForAll(
            Rows.Two(),
            pair => (Text(pair.Item1) == Text(pair.Item2)).ShouldBe(pair.Item1.SequenceEqual(pair.Item2)),
            cases: 3000
        );

    [Fact]
    public void The_row_text_can_be_taken_apart_again() =>
        Values.ForAll(Rows, row => TakeApart(Text(row)).ShouldBe(row), cases: 5000);

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
                hasher.HashKey(tuple).ShouldBe(TextHash.Compute(new RowHasher(schema.KeySchema).WriteText(key), 0));
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

    [Fact]
    public void Values_of_every_type_are_written_between_commas_as_their_canonical_texts()
    {
        LogicalType[] types =
        [
            LogicalType.Bool,
            LogicalType.Int16,
            LogicalType.Int32,
            LogicalType.Int64,
            LogicalType.Float64,
            LogicalType.Decimal,
            LogicalType.Date,
            LogicalType.Interval,
            LogicalType.Bytes,
            LogicalType.Bytes,
            LogicalType.Text,
        ];
        string?[] texts =
        [
            "true",
            "-5",
            "2147483647",
            "-9223372036854775808",
            "NaN",
            "1.20",
            "2000-01-02",
            "PT0S",
            "\\x",
            "\\x00",
            "x",
        ];
        RowSchema schema = new([.. types.Select((t, i) => new Column($"c{i}", t))], []);
        Encoding
            .UTF8.GetString(new RowHasher(schema).WriteText(Texts.Tuple(schema, texts)))
            .ShouldBe(
                "(t,-5,2147483647,-9223372036854775808,nan,1.2,00000001,00000000000000000000000000000000,\"\",00,x)"
            );
    }

    private static RowSchema Schema(int columns) =>
        new([.. Enumerable.Range(0, columns).Select(i => new Column($"c{i}", LogicalType.Text))], [0]);

    private static string Text(params string?[] row)
    {
        RowSchema schema = Schema(row.Length);
        return Encoding.UTF8.GetString(new RowHasher(schema).WriteText(Texts.Tuple(schema, row)));
    }

    private static Int128 Sum(RowSchema schema, params string?[][] rows)
    {
        RowHasher hasher = new(schema);
        return rows.Aggregate(
            new SetDigest(),
            (digest, row) => digest.Add(hasher.HashRow(Texts.Tuple(schema, row), 1))
        ).Sum;
    }

    // Reads a row text by its rules, written independently of the code that writes one.
    private static List<string?> TakeApart(string text)
    {
        List<string?> fields = [];
        int at = 1;
        while (true)
        {
            StringBuilder field = new();
            bool quoted = text[at] == '"';
            bool inside = false;
            for (; at < text.Length - 1 && (inside || text[at] != ','); at++)
            {
                if (text[at] == '"' && !(inside && text[at + 1] == '"'))
                {
                    inside = !inside;
                }
                else
                {
                    field.Append(text[text[at] is '"' or '\\' ? ++at : at]);
                }
            }

            fields.Add(field.Length == 0 && !quoted ? null : field.ToString());
            if (at++ >= text.Length - 1)
            {
                return fields;
            }
        }
    }
}
