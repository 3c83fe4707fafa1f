using System.Buffers;

namespace TrueUp.Rows.Codecs;

/// <summary>Lower-case hexadecimal, as PostgreSQL's <c>encode(…, 'hex')</c> writes it.</summary>
internal static class Hex
{
    public static void Write(ReadOnlySpan<byte> bytes, IBufferWriter<byte> text)
    {
        while (!bytes.IsEmpty)
        {
            var part = bytes[..Math.Min(bytes.Length, 4096)];
            Convert.TryToHexStringLower(part, text.GetSpan(part.Length * 2), out var written);
            text.Advance(written);
            bytes = bytes[part.Length..];
        }
    }

    public static bool TryRead(ReadOnlySpan<byte> text, IBufferWriter<byte> bytes)
    {
        if ((text.Length & 1) != 0)
        {
            return false;
        }
        var status = Convert.FromHexString(text, bytes.GetSpan(Math.Max(text.Length / 2, 1)), out _, out var written);
        bytes.Advance(written);
        return status == OperationStatus.Done;
    }
}
