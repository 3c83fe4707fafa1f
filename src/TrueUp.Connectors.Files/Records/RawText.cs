using System.Buffers;
using System.Globalization;
using System.Text;

namespace TrueUp.Connectors.Files.Records;

/// <summary>A record as dead letters keep it: bounded, and with every byte that is no text still told.</summary>
internal static class RawText
{
    /// <summary>Bytes of a record that are kept.</summary>
    public const int BytesMax = 4096;

    /// <summary>The text of the first <see cref="BytesMax"/> bytes; a byte that is no UTF-8 is written
    /// <c>\xNN</c>.</summary>
    public static string Of(ReadOnlySpan<byte> raw)
    {
        var isCut = raw.Length > BytesMax;
        raw = isCut ? raw[..CharacterStart(raw, BytesMax)] : raw;
        var text = new StringBuilder(raw.Length + 1);
        while (!raw.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(raw, out var rune, out var used) == OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                foreach (var value in raw[..used])
                {
                    text.Append(CultureInfo.InvariantCulture, $"\\x{value:X2}");
                }
            }
            raw = raw[used..];
        }
        return isCut ? text.Append('…').ToString() : text.ToString();
    }

    // Back to where the character at the position begins; UTF-8 needs at most three steps.
    private static int CharacterStart(ReadOnlySpan<byte> raw, int position)
    {
        for (var i = position; i > position - 4; i--)
        {
            if ((raw[i] & 0xC0) != 0x80)
            {
                return i;
            }
        }
        return position;
    }
}
