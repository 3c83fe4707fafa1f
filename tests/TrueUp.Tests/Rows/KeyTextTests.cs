using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TrueUp.Rows;

namespace TrueUp.Tests.Rows;

public sealed class KeyTextTests
{
    [Theory]
    [InlineData("AA123")]
    [InlineData("a, (b) \"c\" \\")]
    [InlineData("")]
    public void A_single_key_is_its_display_text(string key) => Of([LogicalType.Text], [0], key).ShouldBe(key);

    [Fact]
    public void Several_columns_are_a_record_in_key_order() =>
        Of([LogicalType.Text, LogicalType.Int64, LogicalType.Bool], [1, 0], "New York", "17", "true")
        .ShouldBe("(17,\"New York\")");

    [Fact]
    public void Quotes_and_backslashes_are_doubled_and_null_is_nothing() =>
        Of([LogicalType.Text, LogicalType.Text, LogicalType.Text], [0, 1, 2], "a\"b\\c", null, "")
        .ShouldBe("(\"a\"\"b\\\\c\",,\"\")");

    [Fact]
    public void A_single_key_that_is_null_is_an_empty_record() =>
        Of([LogicalType.Text], [0], (string?)null).ShouldBe("()");

    [Fact]
    public void Without_a_key_all_columns_are_shown() =>
        Of([LogicalType.Int64, LogicalType.Text], [], "1", "x").ShouldBe("(1,x)");

    [Fact]
    public void A_tuple_of_the_key_alone_shows_as_the_whole_row_does()
    {
        var schema = Schema([LogicalType.Int64, LogicalType.Text, LogicalType.Date], [2, 1]);
        using var rows = Rows(schema, "1", "b c", "2026-02-28");
        using var keys = Rows(schema.KeySchema, "2026-02-28", "b c");

        KeyText.Of(schema.KeySchema, keys.Row(0)).ShouldBe(KeyText.Of(schema, rows.Row(0)));
        KeyText.Of(schema, rows.Row(0)).ShouldBe("(2026-02-28,\"b c\")");
    }

    [Fact]
    public void Different_keys_have_different_texts() => Prop
        .ForAll(
            Gen.Elements("", "a", "b", "\"", "\\", ",", "(", ")", "a,b", "\",\"", " ").OrNull().ArrayOf(2).Two()
            .ToArbitrary(),
            pair => pair.Item1.SequenceEqual(pair.Item2)
                == (Of([LogicalType.Text, LogicalType.Text], [0, 1],
                pair.Item1!) == Of([LogicalType.Text, LogicalType.Text], [0, 1], pair.Item2!)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void What_is_written_as_bytes_is_the_same_text()
    {
        var schema = Schema([LogicalType.Text], [0]);
        using var rows = Rows(schema, "Größe");
        var bytes = new ArrayBufferWriter<byte>();

        KeyText.Write(schema, rows.Row(0), bytes);

        Encoding.UTF8.GetString(bytes.WrittenSpan).ShouldBe(KeyText.Of(schema, rows.Row(0)));
    }

    private static string Of(LogicalType[] types, int[] key, params string?[] values)
    {
        var schema = Schema(types, key);
        using var rows = Rows(schema, values);
        return KeyText.Of(schema, rows.Row(0));
    }

    private static RowSchema Schema(LogicalType[] types, int[] key) =>
        new([.. types.Select((type, i) => new Column($"c{i}", type))], key);

    private static RowBatch Rows(RowSchema schema, params string?[] values)
    {
        using var builder = new RowBatchBuilder(schema);
        builder.BeginRow();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is not { } value)
            {
                builder.WriteNull();
                continue;
            }
            builder.BeginField();
            schema.Codecs[i].TryParse(Encoding.UTF8.GetBytes(value), builder).ShouldBeTrue();
            builder.EndField();
        }
        builder.EndRow();
        return builder.Build();
    }
}
