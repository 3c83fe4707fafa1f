using System.Buffers;
using System.Buffers.Binary;

namespace TrueUp.Rows.Codecs;

internal static class Infinity
{
    public static bool TryParse(ReadOnlySpan<byte> text, out int sign)
    {
        sign =
            text.SequenceEqual("infinity"u8) ? 1
            : text.SequenceEqual("-infinity"u8) ? -1
            : 0;
        return sign != 0;
    }

    public static void Write(long sign, IBufferWriter<byte> text) =>
        text.Write(sign > 0 ? "infinity"u8 : "-infinity"u8);
}
