namespace TrueUp.Connectors.Files.Conversion;

/// <summary>Rounds decimals as they are written, so that no binary number comes between.</summary>
internal static class DecimalRounding
{
    /// <summary>Rounds half away from zero, as SQL does.</summary>
    /// <param name="text">Digits with at most one point and a minus ahead; no exponent.</param>
    /// <param name="scale">Digits to keep behind the point.</param>
    /// <param name="rounded">Room for one byte more than the text has.</param>
    /// <returns>Bytes written.</returns>
    public static int Round(ReadOnlySpan<byte> text, int scale, Span<byte> rounded)
    {
        var point = text.IndexOf((byte)'.');
        if (point < 0 || text.Length - point - 1 <= scale)
        {
            text.CopyTo(rounded);
            return text.Length;
        }
        var next = text[point + 1 + scale];
        var kept = text[..(scale == 0 ? point : point + 1 + scale)];
        kept.CopyTo(rounded[1..]);
        rounded[0] = (byte)'0';
        var digits = rounded[..(kept.Length + 1)];
        if (next >= '5')
        {
            Increment(digits[(kept.StartsWith("-"u8) ? 2 : 1)..], out var overflowed);
            if (overflowed)
            {
                // 9.99 became 0.00: a one goes ahead, behind the minus.
                digits[0] = kept.StartsWith("-"u8) ? (byte)'-' : (byte)'1';
                digits[1] = kept.StartsWith("-"u8) ? (byte)'1' : digits[1];
                return digits.Length;
            }
        }
        digits[1..].CopyTo(rounded);
        return kept.Length;
    }

    private static void Increment(Span<byte> digits, out bool overflowed)
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            if (digits[i] == '.')
            {
                continue;
            }
            if (digits[i] != '9')
            {
                digits[i]++;
                overflowed = false;
                return;
            }
            digits[i] = (byte)'0';
        }
        overflowed = true;
    }
}
