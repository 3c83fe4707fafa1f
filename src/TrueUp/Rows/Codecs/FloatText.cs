using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace TrueUp.Rows.Codecs;

internal static class FloatText
{
    public const NumberStyles Styles =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // PostgreSQL's NaN; the one of .NET has its sign bit set.
    private static readonly double NaN = BitConverter.UInt64BitsToDouble(0x7ff8_0000_0000_0000);

    /// <summary>
    /// Whether the parser of .NET took the text for what it is: it overlooks NULs at the end, turns a number too large
    /// into an infinity, and one too small into zero.
    /// </summary>
    public static bool IsSound(ReadOnlySpan<byte> text, double value)
    {
        if (text[^1] == 0 || !double.IsFinite(value))
        {
            return false;
        }
        var exponent = text.IndexOfAny((byte)'e', (byte)'E');
        var digits = exponent < 0 ? text : text[..exponent];
        return value != 0 || !digits.ContainsAnyInRange((byte)'1', (byte)'9');
    }

    public static bool TrySpecial(ReadOnlySpan<byte> text, out double value)
    {
        value =
            Ascii.EqualsIgnoreCase(text, "nan"u8) ? NaN
            : Ascii.EqualsIgnoreCase(text, "infinity"u8) ? double.PositiveInfinity
            : Ascii.EqualsIgnoreCase(text, "-infinity"u8) ? double.NegativeInfinity
            : 0;
        return value != 0;
    }
}
