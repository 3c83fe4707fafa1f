namespace TrueUp.Server.Pipelines;

/// <summary>
/// The difference of two texts, line by line: kept lines begin with a blank, old ones with <c>-</c>, new ones with
/// <c>+</c>. Lines far from any change are left out.
/// </summary>
internal static class TextDiff
{
    private const int Context = 3;
    private const int CellsMax = 4_000_000;

    /// <summary>The difference; empty when there is none.</summary>
    public static IReadOnlyList<string> Of(string before, string after)
    {
        string[] old = Lines(before),
            @new = Lines(after);
        var start = 0;
        while (start < Math.Min(old.Length, @new.Length) && old[start] == @new[start])
        {
            start++;
        }
        var end = 0;
        while (end < Math.Min(old.Length, @new.Length) - start && old[^(end + 1)] == @new[^(end + 1)])
        {
            end++;
        }
        var lines = old[..start]
            .Select(Kept)
            .Concat(Middle(old.AsSpan(start..^end), @new.AsSpan(start..^end)))
            .Concat(old[^end..].Select(Kept))
            .ToList();
        return [.. lines.Where((_, at) => IsNearChange(lines, at))];
    }

    private static bool IsNearChange(List<string> lines, int at)
    {
        for (var i = Math.Max(0, at - Context); i <= Math.Min(lines.Count - 1, at + Context); i++)
        {
            if (lines[i][0] != ' ')
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>By the longest common subsequence; where that would take too long, everything is another.</summary>
    private static List<string> Middle(ReadOnlySpan<string> old, ReadOnlySpan<string> @new)
    {
        var lines = new List<string>();
        var (i, j) = (0, 0);
        if ((long)old.Length * @new.Length <= CellsMax)
        {
            var common = Common(old, @new);
            while (i < old.Length && j < @new.Length)
            {
                if (old[i] == @new[j])
                {
                    lines.Add(Kept(old[i]));
                    (i, j) = (i + 1, j + 1);
                }
                else if (common[i + 1, j] >= common[i, j + 1])
                {
                    lines.Add($"-{old[i++]}");
                }
                else
                {
                    lines.Add($"+{@new[j++]}");
                }
            }
        }
        for (; i < old.Length; i++)
        {
            lines.Add($"-{old[i]}");
        }
        for (; j < @new.Length; j++)
        {
            lines.Add($"+{@new[j]}");
        }
        return lines;
    }

    /// <summary>How many lines are common from a place in each text on.</summary>
    private static int[,] Common(ReadOnlySpan<string> old, ReadOnlySpan<string> @new)
    {
        var common = new int[old.Length + 1, @new.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = @new.Length - 1; j >= 0; j--)
            {
                common[i, j] =
                    old[i] == @new[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }
        return common;
    }

    private static string Kept(string line) => $" {line}";

    private static string[] Lines(string text) =>
        text.Length == 0 ? [] : text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
