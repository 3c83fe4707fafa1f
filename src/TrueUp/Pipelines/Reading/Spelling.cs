namespace TrueUp.Pipelines.Reading;

/// <summary>Guesses which known word a misspelt one was meant to be.</summary>
public static class Spelling
{
    private const int LengthMax = 64;

    /// <summary>
    /// What to do about an unknown word: the nearest known one if it is near, and otherwise all of them.
    /// </summary>
    public static string Suggest(string word, IReadOnlyList<string> known) =>
        Nearest(word, known) is { } nearest ? $"Did you mean `{nearest}`?"
        : known.Count == 0 ? "There is none in this program."
        : $"Known are: {string.Join(", ", known)}.";

    /// <summary>The known word with the fewest typing errors from this one, if they are few for its length.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length > LengthMax)
        {
            return null;
        }
        var plain = Plain(word);
        var (nearest, distance) = known
            .Select(k => (Word: k, Distance: Distance(plain, Plain(k))))
            .OrderBy(c => c.Distance)
            .FirstOrDefault((Word: "", Distance: int.MaxValue));
        return distance <= Math.Max(1, Math.Min(word.Length, nearest.Length) / 3) ? nearest : null;
    }

    private static string Plain(string word) => word.ToLowerInvariant().Replace('-', '_').Replace(' ', '_');

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        var beforeLast = new int[right.Length + 1];
        var last = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var row = new int[right.Length + 1];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = left[i - 1] == right[j - 1];
                row[j] = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }
            (beforeLast, last) = (last, row);
        }
        return last[^1];
    }
}
