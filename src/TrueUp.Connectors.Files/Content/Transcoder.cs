using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace TrueUp.Connectors.Files.Content;

/// <summary>
/// Turns UTF-16 and single-byte text into UTF-8, piece by piece. What is no character becomes the byte 0xFF, which
/// UTF-8 never has: the record it stands in is then refused like one of invalid UTF-8, instead of being mended
/// silently.
/// </summary>
internal sealed class Transcoder(TextEncoding encoding)
{
    private const byte Invalid = 0xFF;

    // The characters of windows-1252 at 0x80 to 0x9F; the five it leaves open are kept as control codes.
    private const string Windows =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    private readonly char[] _chars = new char[16_384];

    /// <summary>The bytes of UTF-8 that one byte of the file can become, at most.</summary>
    public const int ExpansionMax = 3;

    /// <summary>Converts as much as there is room for.</summary>
    /// <param name="source">Bytes of the file; the last may be part of a character.</param>
    /// <param name="isLast">Whether no bytes follow.</param>
    /// <param name="utf8">Room for the result, <see cref="ExpansionMax"/> times the bytes wanted.</param>
    /// <param name="consumed">Bytes that are done with.</param>
    /// <returns>Bytes written.</returns>
    public int Convert(ReadOnlySpan<byte> source, bool isLast, Span<byte> utf8, out int consumed)
    {
        var room = utf8.Length / ExpansionMax;
        isLast &= source.Length <= room;
        source = source[..Math.Min(source.Length, room)];
        if (encoding is TextEncoding.Latin1 or TextEncoding.Windows1252)
        {
            source = source[..Math.Min(source.Length, _chars.Length)];
            consumed = source.Length;
            return Write(Widen(source), isLast: true, utf8, out _);
        }
        var chars = _chars.AsSpan(0, Math.Min(source.Length / 2, _chars.Length));
        for (var i = 0; i < chars.Length; i++)
        {
            var unit = source.Slice(2 * i, 2);
            chars[i] = (char)(
                encoding == TextEncoding.Utf16BigEndian
                    ? BinaryPrimitives.ReadUInt16BigEndian(unit)
                    : BinaryPrimitives.ReadUInt16LittleEndian(unit)
            );
        }
        var last = isLast && source.Length - (2 * chars.Length) < 2;
        var written = Write(chars, last, utf8, out var used);
        consumed = 2 * used;
        if (last && source.Length % 2 == 1 && used == chars.Length)
        {
            // Half a character at the end of the file.
            utf8[written++] = Invalid;
            consumed++;
        }
        return written;
    }

    private Span<char> Widen(ReadOnlySpan<byte> source)
    {
        var chars = _chars.AsSpan(0, source.Length);
        Encoding.Latin1.GetChars(source, chars);
        if (encoding == TextEncoding.Windows1252)
        {
            for (var i = 0; i < chars.Length; i++)
            {
                chars[i] = chars[i] is >= '\u0080' and <= '\u009F' ? Windows[chars[i] - 0x80] : chars[i];
            }
        }
        return chars;
    }

    private static int Write(ReadOnlySpan<char> chars, bool isLast, Span<byte> utf8, out int used)
    {
        used = 0;
        var written = 0;
        while (used < chars.Length)
        {
            var status = Utf8.FromUtf16(
                chars[used..],
                utf8[written..],
                out var read,
                out var wrote,
                replaceInvalidSequences: false,
                isFinalBlock: isLast
            );
            used += read;
            written += wrote;
            if (status != OperationStatus.InvalidData)
            {
                break;
            }
            utf8[written++] = Invalid;
            used++;
        }
        return written;
    }
}
