using System.Text;
using TrueUp.Rows;
using TrueUp.Testing.Memory;

namespace TrueUp.Tests.Rows;

public sealed class KeyTextTests
{
    private static readonly Column[] Columns =
    [
        new("id", LogicalType.Int32), new("name", LogicalType.Text), new("day", LogicalType.Date), new("flag", LogicalType.Bool),
    ];

    [Fact]
    public void A_single_key_is_shown_as_it_is()
    {
        Show([0], "17", "x", null, null).ShouldBe("17");
        Show([1], "17", "New York, \"NY\"", null, null).ShouldBe("New York, \"NY\"");
        Show([2], "17", "x", "2026-01-31", null).ShouldBe("2026-01-31");
        Show([3], "17", "x", null, "true").ShouldBe("true");
    }

    [Fact]
    public void A_single_key_may_be_empty_or_null() =>
        (Show([1], "17", "", null, null), Show([1], "17", null, null, null)).ShouldBe(("", "()"));

    [Fact]
    public void Several_columns_are_shown_as_a_record_in_key_order()
    {
        Show([0, 1], "17", "New York", null, null).ShouldBe("(17,\"New York\")");
        Show([1, 0], "17", "say \"hi\"", null, null).ShouldBe("(\"say \"\"hi\"\"\",17)");
        Show([0, 1, 2], "17", "", null, null).ShouldBe("(17,\"\",)");
        Show([2, 3], null, null, "0001-12-31 BC", "false").ShouldBe("(\"0001-12-31 BC\",false)");
    }

    [Fact]
    public void Without_a_key_all_columns_are_shown() => Show([], "17", "a", null, "true").ShouldBe("(17,a,,true)");

    [Fact]
    public void A_tuple_of_key_columns_alone_shows_the_same() => Values.ForAll(Values.AnyText(), text =>
    {
        RowSchema schema = new(Columns, [1, 0]);
        byte[] row = Texts.Tuple(schema, ["5", text, null, "true"]);
        KeyText.Of(schema.KeySchema, Texts.KeyOf(schema, row)).ShouldBe(KeyText.Of(schema, row));
        new RowSchema(Columns, [1]).KeySchema.KeyOrdinals.ShouldBe([0]);
    });

    [Fact]
    public void Different_keys_have_different_texts() => Values.ForAll(
        FsCheck.Fluent.Gen.Two(FsCheck.Fluent.Gen.Two(Values.AnyText())), pair =>
        {
            RowSchema schema = new([Columns[1], Columns[1] with { Name = "other" }], [0, 1]);
            string left = KeyText.Of(schema, Texts.Tuple(schema, [pair.Item1.Item1, pair.Item1.Item2]));
            string right = KeyText.Of(schema, Texts.Tuple(schema, [pair.Item2.Item1, pair.Item2.Item2]));
            (left == right).ShouldBe(pair.Item1 == pair.Item2);
        });

    [Fact]
    public void A_whole_row_is_one_line_of_JSON()
    {
        RowSchema schema = new(Columns, [0]);
        RowText.Of(schema, Texts.Tuple(schema, ["1", "Zoë \"the one\"\n<&>", null, "true"]))
            .ShouldBe("""{"id":"1","name":"Zoë \"the one\"\n<&>","day":null,"flag":"true"}""");
    }

    [Fact]
    public void A_very_long_row_is_cut_between_two_characters()
    {
        RowSchema schema = new([Columns[1]], [0]);
        for (int shift = 0; shift < 2; shift++)
        {
            string name = new string('a', shift) + string.Concat(Enumerable.Repeat("👩", 10_000));
            string text = RowText.Of(schema, Texts.Tuple(schema, [name]));
            text.Length.ShouldBeInRange(8192, 8193);
            text.ShouldEndWith("…");
            Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).ShouldBe(text);
        }
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_shown_with_replacement_characters()
    {
        RowSchema schema = new([Columns[1]], [0]);
        using RowBatchBuilder builder = new(schema);
        builder.BeginRow();
        builder.WriteField([0x61, 0xff, 0x62]);
        builder.EndRow();
        using RowBatch batch = builder.Build();
        KeyText.Of(schema, batch.Row(0)).ShouldBe("a\ufffdb");
        RowText.Of(schema, batch.Row(0)).ShouldBe("""{"name":"a\uFFFDb"}""");
    }

    private static string Show(int[] key, params string?[] texts)
    {
        RowSchema schema = new(Columns, key);
        return KeyText.Of(schema, Texts.Tuple(schema, texts));
    }
}
