using System.Globalization;

namespace TrueUp.Pipelines;

/// <summary>Sizes as pipeline files write them: <c>512KB</c>, <c>32MB</c>, <c>1GB</c>; a KB has 1,024 bytes.</summary>
public static class ByteSize
{
    private const int DigitsMax = 9;

    /// <summary>Reads a whole number with its unit.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        bytes = 0;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits is < 1 or > DigitsMax)
        {
            return false;
        }
        var shift = text[digits..] switch
        {
            "B" => 0,
            "KB" => 10,
            "MB" => 20,
            "GB" => 30,
            _ => -1,
        };
        if (shift < 0)
        {
            return false;
        }
        bytes = long.Parse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture) << shift;
        return true;
    }
}
