using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TrueUp.Rows;

namespace TrueUp.Tests.Rows;

public sealed class RowBatchTests
{
    private static readonly RowSchema Two = Texts(2);

    [Fact]
    public void What_is_written_is_read_field_by_field_and_by_position()
    {
        Gen<string?> texts = Gen.OneOf(Values.AnyText().Select(t => (string?)t), Gen.Constant<string?>(null));
        Values.ForAll(
            Gen.Zip(texts, Gen.Elements(true, false)).ArrayOf(3).ArrayOf(),
            expected =>
            {
                using RowBatchBuilder builder = new(Texts(3), expected.Length + 1, bytesMax: 16);
                for (int i = 0; i < expected.Length; i++)
                {
                    Write(builder, i + 1, expected[i]);
                }

                builder.Count.ShouldBe(expected.Length);
                using RowBatch batch = builder.Build();
                batch.Count.ShouldBe(expected.Length);
                for (int i = 0; i < expected.Length; i++)
                {
                    batch.Ordinal(i).ShouldBe(i + 1);
                    Read(batch.Row(i)).ShouldBe(expected[i].Select(v => v.Item1));
                }
            },
            cases: 300
        );
    }

    [Fact]
    public void A_tuple_is_what_binary_COPY_sends_and_tuples_lie_one_behind_the_other()
    {
        using RowBatchBuilder builder = new(Two);
        Write(builder, 0, ("ab", false), (null, false));
        Write(builder, 0, ("", true), ("c", true));
        using RowBatch batch = builder.Build();
        Convert.ToHexStringLower(batch.Row(0)).ShouldBe("0002" + "00000002" + "6162" + "ffffffff");
        Convert.ToHexStringLower(batch.Row(1)).ShouldBe("0002" + "00000000" + "00000001" + "63");
        batch.Bytes.ToArray().ShouldBe([.. batch.Row(0), .. batch.Row(1)]);
    }

    [Fact]
    public void A_cancelled_field_can_be_written_anew()
    {
        using RowBatchBuilder builder = new(Two);
        builder.BeginRow();
        builder.BeginField();
        builder.Write(new byte[2_000_000]);
        builder.CancelField();
        builder.WriteNull();
        builder.BeginField();
        builder.Write("wrong"u8);
        builder.CancelField();
        builder.BeginField();
        builder.Write("right"u8);
        builder.EndField();
        builder.EndRow();
        using RowBatch batch = builder.Build();
        Read(batch.Row(0)).ShouldBe([null, "right"]);
    }

    [Fact]
    public void A_cancelled_row_leaves_nothing_behind()
    {
        using RowBatchBuilder builder = new(Two);
        builder.BeginRow();
        builder.WriteNull();
        builder.CancelRow();
        Write(builder, 7, ("a", true), ("b", false));
        builder.BeginRow(8);
        builder.BeginField();
        builder.Write("half"u8);
        builder.RowLength.ShouldBe(2 + 4 + 4);
        builder.CancelRow();
        builder.RowLength.ShouldBe(0);
        Write(builder, 9, ("c", true), (null, false));
        using RowBatch batch = builder.Build();
        batch.Count.ShouldBe(2);
        Read(batch.Row(0)).ShouldBe(["a", "b"]);
        Read(batch.Row(1)).ShouldBe(["c", null]);
        batch.Ordinal(0).ShouldBe(7);
        batch.Ordinal(1).ShouldBe(9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_row_needs_one_field_for_each_column(int fields)
    {
        using RowBatchBuilder builder = new(Two);
        builder.BeginRow();
        for (int i = 0; i < fields; i++)
        {
            builder.WriteNull();
        }

        Should.Throw<InvalidOperationException>(builder.EndRow).Message.ShouldContain("2 columns");
    }

    [Fact]
    public void A_batch_is_full_by_rows_or_by_bytes()
    {
        using RowBatchBuilder builder = new(Texts(1), rowsMax: 3, bytesMax: 100);
        for (int i = 0; i < 3; i++)
        {
            builder.IsFull.ShouldBeFalse();
            Write(builder, 0, ("a", true));
        }

        builder.IsFull.ShouldBeTrue();
        builder.Build().Dispose();
        builder.IsFull.ShouldBeFalse();
        Write(builder, 0, (new string('a', 94), true));
        builder.IsFull.ShouldBeTrue();
    }

    [Fact]
    public void One_row_may_be_far_larger_than_a_batch()
    {
        byte[] huge = [.. Enumerable.Range(0, 40_000_000).Select(i => (byte)i)];
        using RowBatchBuilder builder = new(Two);
        Write(builder, 0, ("before", true), ("row", true));
        builder.BeginRow(1);
        builder.BeginField();
        builder.Write(huge.AsSpan(0, 10_000_000));
        builder.Write(huge.AsSpan(10_000_000));
        builder.EndField();
        builder.WriteNull();
        builder.EndRow();
        builder.IsFull.ShouldBeTrue();
        using RowBatch batch = builder.Build();
        Read(batch.Row(0)).ShouldBe(["before", "row"]);
        FieldReader fields = batch.Fields(1);
        fields.Next(out ReadOnlySpan<byte> value).ShouldBeTrue();
        value.SequenceEqual(huge).ShouldBeTrue();
        fields.Next(out _).ShouldBeFalse();
    }

    [Fact]
    public void A_row_may_have_as_many_columns_as_a_table()
    {
        RowSchema schema = Texts(1600);
        using RowBatchBuilder builder = new(schema);
        Write(builder, 0, [.. Enumerable.Range(0, 1600).Select(i => (i % 7 == 0 ? null : $"{i}", i % 2 == 0))]);
        using RowBatch batch = builder.Build();
        batch.Fields(0).FieldCount.ShouldBe(1600);
        FieldReader.At(batch.Row(0), 1599, out ReadOnlySpan<byte> value).ShouldBeTrue();
        Encoding.UTF8.GetString(value).ShouldBe("1599");
        FieldReader.At(batch.Row(0), 1596, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_whole_tuple_is_copied_with_its_ordinal()
    {
        using RowBatchBuilder builder = new(Two);
        Write(builder, 5, ("a", true), (null, false));
        using RowBatch first = builder.Build();
        builder.WriteTuple(first.Row(0), 6);
        builder.WriteTuple(first.Row(0), 7);
        using RowBatch second = builder.Build();
        second.Count.ShouldBe(2);
        second.Row(1).SequenceEqual(first.Row(0)).ShouldBeTrue();
        second.Ordinal(1).ShouldBe(7);
    }

    [Fact]
    public void The_row_being_written_can_be_looked_at()
    {
        using RowBatchBuilder builder = new(Two);
        Write(builder, 0, ("x", true), ("y", true));
        builder.BeginRow();
        builder.WriteField("a"u8);
        builder.WriteNull();
        Read(builder.CurrentRow).ShouldBe(["a", null]);
        builder.RowLength.ShouldBe(builder.CurrentRow.Length);
    }

    [Fact]
    public void A_position_outside_of_a_batch_is_an_error()
    {
        using RowBatchBuilder builder = new(Two);
        Write(builder, 0, ("a", true), ("b", true));
        using RowBatch batch = builder.Build();
        Should.Throw<ArgumentOutOfRangeException>(() => batch.Row(1).Length);
        Should.Throw<ArgumentOutOfRangeException>(() => batch.Row(-1).Length);
        Should.Throw<ArgumentOutOfRangeException>(() => batch.Ordinal(1));
    }

    [Fact]
    public void An_empty_batch_has_no_bytes()
    {
        using RowBatchBuilder builder = new(Two);
        using RowBatch batch = builder.Build();
        batch.Count.ShouldBe(0);
        batch.Bytes.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Disposing_twice_gives_a_buffer_back_once()
    {
        RowBatchBuilder other = new(Two);
        RowBatch batch = other.Build();
        batch.Dispose();
        batch.Dispose();
        other.Dispose();
        RowBatchBuilder builder = new(Two);
        builder.Dispose();
        builder.Dispose();

        // Were a buffer in the pool twice, two of these would share it.
        RowBatchBuilder[] builders = [.. Enumerable.Range(0, 4).Select(_ => new RowBatchBuilder(Two))];
        for (int i = 0; i < builders.Length; i++)
        {
            Write(builders[i], i, ($"{i}", true), ($"{i}", true));
        }

        for (int i = 0; i < builders.Length; i++)
        {
            using RowBatch built = builders[i].Build();
            Read(built.Row(0)).ShouldBe([$"{i}", $"{i}"]);
            builders[i].Dispose();
        }
    }

    [Fact]
    public void A_tuple_cut_short_is_an_error_and_not_read_beyond()
    {
        byte[] tuple = new byte[2 + 4 + 3];
        BinaryPrimitives.WriteInt16BigEndian(tuple, 1);
        BinaryPrimitives.WriteInt32BigEndian(tuple.AsSpan(2), 4);
        Should.Throw<ArgumentOutOfRangeException>(() => FieldReader.At(tuple, 0, out _));
        Should.Throw<ArgumentOutOfRangeException>(() => FieldReader.At(tuple.AsSpan(0, 4), 0, out _));
    }

    private static RowSchema Texts(int columns) =>
        new([.. Enumerable.Range(0, columns).Select(i => new Column($"c{i}", LogicalType.Text))], [0]);

    // A field is written at once or in two strokes through the buffer.
    private static void Write(RowBatchBuilder builder, long ordinal, params (string? Text, bool AtOnce)[] values)
    {
        builder.BeginRow(ordinal);
        foreach ((string? text, bool atOnce) in values)
        {
            if (text is null)
            {
                builder.WriteNull();
                continue;
            }

            byte[] bytes = Encoding.UTF8.GetBytes(text);
            if (atOnce)
            {
                builder.WriteField(bytes);
                continue;
            }

            builder.BeginField();
            builder.Write(bytes.AsSpan(0, bytes.Length / 2));
            builder.Write(bytes.AsSpan(bytes.Length / 2));
            builder.EndField();
        }

        builder.EndRow();
    }

    private static List<string?> Read(ReadOnlySpan<byte> tuple)
    {
        List<string?> texts = [];
        int count = BinaryPrimitives.ReadInt16BigEndian(tuple);
        for (int i = 0; i < count; i++)
        {
            texts.Add(FieldReader.At(tuple, i, out ReadOnlySpan<byte> value) ? Encoding.UTF8.GetString(value) : null);
        }

        return texts;
    }
}
