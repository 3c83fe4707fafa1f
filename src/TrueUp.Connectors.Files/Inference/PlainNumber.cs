namespace TrueUp.Connectors.Files.Inference;

/// <summary>
/// Recognises numbers written in the one way that our own display text writes them, so that turning them into values
/// and back gives the same text: no leading zeros, no plus, no exponent, no minus zero, no thousands separators.
/// </summary>
internal static class PlainNumber
{
    /// <summary>Longer whole numbers are taken for identifiers.</summary>
    public const int IntegerDigitsMax = 18;

    /// <summary>Decimals with more digits are taken for something else than a number.</summary>
    public const int DecimalDigitsMax = 38;

    /// <summary>A whole number of at most 18 digits.</summary>
    public static bool IsInteger(ReadOnlySpan<byte> text)
    {
        var digits = Unsigned(text);
        if (digits.Length is 0 or > IntegerDigitsMax || (digits[0] == '0' && text.Length > 1))
        {
            return false;
        }
        // So few bytes are looked at one by one before a vector would be loaded.
        foreach (var digit in digits)
        {
            if ((uint)(digit - '0') > 9)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>A whole number, or digits on both sides of a point; at most 38 digits.</summary>
    public static bool IsDecimal(ReadOnlySpan<byte> text)
    {
        var digits = Unsigned(text);
        var point = digits.IndexOf((byte)'.');
        if (point < 0)
        {
            return IsInteger(text);
        }
        var fraction = digits[(point + 1)..];
        return point > 0
            && fraction.Length > 0
            && digits.Length - 1 <= DecimalDigitsMax
            && !digits[..point].ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && !fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && (digits[0] != '0' || point == 1)
            && !(digits.Length < text.Length && !digits.ContainsAnyInRange((byte)'1', (byte)'9'));
    }

    private static ReadOnlySpan<byte> Unsigned(ReadOnlySpan<byte> text) => text is [(byte)'-', ..] ? text[1..] : text;
}
