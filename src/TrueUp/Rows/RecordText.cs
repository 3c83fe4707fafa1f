using System.Buffers;

namespace TrueUp.Rows;

/// <summary>
/// Writes fields the way PostgreSQL writes those of a composite value: a field that is empty or has a quote, backslash,
/// parenthesis, comma or white space stands in quotes, with quotes and backslashes doubled, so fields never run
/// together.
/// </summary>
internal static class RecordText
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("\"\\(), \t\n\r\v\f"u8);

    /// <summary>Whether a field stands as it is, without quotes.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> text) => text.Length > 0 && !text.ContainsAny(Special);

    /// <summary>Writes one field that is not null; null is written as nothing at all.</summary>
    public static void WriteField<TWriter>(ReadOnlySpan<byte> text, TWriter record)
        where TWriter : IBufferWriter<byte>
    {
        if (IsPlain(text))
        {
            record.Write(text);
            return;
        }
        if (!text.ContainsAny((byte)'"', (byte)'\\'))
        {
            var field = record.GetSpan(text.Length + 2);
            field[0] = (byte)'"';
            text.CopyTo(field[1..]);
            field[text.Length + 1] = (byte)'"';
            record.Advance(text.Length + 2);
            return;
        }
        record.Write("\""u8);
        for (int next; (next = text.IndexOfAny((byte)'"', (byte)'\\')) >= 0; text = text[(next + 1)..])
        {
            record.Write(text[..(next + 1)]);
            record.Write(text.Slice(next, 1));
        }
        record.Write(text);
        record.Write("\""u8);
    }
}
