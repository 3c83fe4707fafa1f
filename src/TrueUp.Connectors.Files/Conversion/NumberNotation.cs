namespace TrueUp.Connectors.Files.Conversion;

/// <summary>
/// A declared notation of numbers, read from a pattern such as <c>#,##0.00</c> or <c>#.##0,00</c>: which character
/// groups digits by thousands and which is the decimal point.
/// </summary>
internal sealed class NumberNotation
{
    private readonly byte? _group;
    private readonly byte _point;

    /// <param name="pattern">The last of comma and point is the decimal point, unless exactly three digits follow it
    /// alone.</param>
    public NumberNotation(string pattern)
    {
        var last = pattern.LastIndexOfAny(['.', ',', ' ', '\'', '_']);
        if (last < 0)
        {
            _point = (byte)'.';
            return;
        }
        var first = pattern.IndexOfAny(['.', ',', ' ', '\'', '_']);
        var isGroupOnly = pattern[first] == pattern[last] && (first != last || pattern.Length - last - 1 == 3);
        _group = isGroupOnly || pattern[first] != pattern[last] ? (byte)pattern[first] : null;
        _point = isGroupOnly ? (byte)(pattern[last] == '.' ? ',' : '.') : (byte)pattern[last];
    }

    /// <summary>Rewrites a number with a point and without groups.</summary>
    /// <param name="text">As the source has it.</param>
    /// <param name="plain">Room for as many bytes.</param>
    /// <param name="length">Bytes written.</param>
    /// <returns>False when groups are not of three digits.</returns>
    public bool TryNormalize(ReadOnlySpan<byte> text, Span<byte> plain, out int length)
    {
        length = 0;
        int sinceGroup = -1,
            digits = 0;
        var isFraction = false;
        foreach (var value in text)
        {
            if (value == _group && !isFraction)
            {
                if (digits == 0 || (sinceGroup < 0 ? digits > 3 : sinceGroup != 3))
                {
                    return false;
                }
                sinceGroup = 0;
                continue;
            }
            if (value == _point && !isFraction)
            {
                isFraction = true;
                plain[length++] = (byte)'.';
                continue;
            }
            if (value is (byte)'.' or (byte)',')
            {
                return false;
            }
            var isDigit = value is >= (byte)'0' and <= (byte)'9';
            digits += isDigit ? 1 : 0;
            sinceGroup += isDigit && !isFraction && sinceGroup >= 0 ? 1 : 0;
            plain[length++] = value;
        }
        return sinceGroup is -1 or 3;
    }
}
