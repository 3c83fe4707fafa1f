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

    /// <summary>Writes one field that is not null; null is written as nothing at all.</summary>
    public static void WriteField<TWriter>(ReadOnlySpan<byte> text, TWriter record)
        where TWriter : IBufferWriter<byte>
    {
        if (text.Length > 0 && !text.ContainsAny(Special))
        {
            record.Write(text);
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
