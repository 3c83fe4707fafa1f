using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace TrueUp.Rows.Codecs;

internal static class FloatText
{
    public const NumberStyles Styles =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static bool TrySpecial(ReadOnlySpan<byte> text, out double value)
    {
        value = Ascii.EqualsIgnoreCase(text, "nan"u8) ? double.NaN
            : Ascii.EqualsIgnoreCase(text, "infinity"u8) ? double.PositiveInfinity
            : Ascii.EqualsIgnoreCase(text, "-infinity"u8) ? double.NegativeInfinity
            : 0;
        return value != 0;
    }
}
