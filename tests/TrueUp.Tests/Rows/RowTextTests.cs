using System.Text;
using TrueUp.Rows;
using TrueUp.Testing.Memory;

namespace TrueUp.Tests.Rows;

public sealed class RowTextTests
{
    private static readonly Column[] Columns =
    [
        new("id", LogicalType.Int32),
        new("name", LogicalType.Text),
        new("day", LogicalType.Date),
        new("flag", LogicalType.Bool),
    ];

    [Fact]
    public void A_whole_row_is_one_line_of_JSON()
    {
        RowSchema schema = new(Columns, [0]);
        RowText
            .Of(schema, Texts.Tuple(schema, ["1", "Zoë \"the one\"\n<&>", null, "true"]))
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
        RowText.Of(schema, batch.Row(0)).ShouldBe("""{"name":"a\uFFFDb"}""");
    }
}
