using System.Globalization;

namespace TrueUp.Digests;

/// <summary>
/// The digest of a set of rows: how many, and the exact sum of their row hashes. Sums of disjoint sets add up, so
/// ranges can be digested apart and a row can be taken out again. It detects accidents and faults; it is no defence
/// against someone who chooses rows to collide.
/// </summary>
/// <param name="Count">Rows in the set.</param>
/// <param name="Sum">The sum of their 64-bit signed hashes.</param>
public readonly record struct SetDigest(long Count, Int128 Sum)
{
    /// <summary>The digest of the set with the row as well.</summary>
    public SetDigest Add(long rowHash) => new(Count + 1, Sum + rowHash);

    /// <summary>The digest of two disjoint sets.</summary>
    public static SetDigest operator +(SetDigest left, SetDigest right) =>
        new(left.Count + right.Count, left.Sum + right.Sum);

    /// <summary>As receipts write it: <c>count:sum</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count}:{Sum}");

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string text, out SetDigest digest)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        digest = default;
        var culture = CultureInfo.InvariantCulture;
        if (
            colon < 0
            || !long.TryParse(text.AsSpan(0, colon), NumberStyles.None, culture, out var count)
            || !Int128.TryParse(text.AsSpan(colon + 1), NumberStyles.AllowLeadingSign, culture, out var sum)
        )
        {
            return false;
        }
        // One digest has one text, so that receipts can be compared as texts.
        digest = new SetDigest(count, sum);
        return string.Equals(digest.ToString(), text, StringComparison.Ordinal);
    }
}
