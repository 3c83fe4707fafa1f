namespace TrueUp.Connectors.Files.Content;

/// <summary>Finds what a mistyped file name may have meant.</summary>
internal static class SimilarFiles
{
    private const int ShownMax = 3,
        LookedAtMax = 2_000,
        DistanceMax = 4;

    /// <summary>Names in the same folder that are near the missing one, nearest first; at most three.</summary>
    public static IReadOnlyList<string> Of(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is null || !Directory.Exists(folder))
        {
            return [];
        }
        var wanted = Path.GetFileName(path).ToLowerInvariant();
        try
        {
            return
            [
                .. Directory
                    .EnumerateFiles(folder)
                    .Take(LookedAtMax)
                    .Select(f => Path.GetFileName(f))
                    .Select(name => (name, distance: Distance(wanted, name.ToLowerInvariant())))
                    .Where(f => f.distance <= Math.Min(DistanceMax, wanted.Length / 2))
                    .OrderBy(f => f.distance)
                    .ThenBy(f => f.name, StringComparer.Ordinal)
                    .Take(ShownMax)
                    .Select(f => f.name),
            ];
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            // A folder that cannot be listed has no hints to give; the missing file is the error that counts.
            return [];
        }
    }

    // Edit distance (Levenshtein) with one row of the table kept.
    private static int Distance(string left, string right)
    {
        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            row[j] = j;
        }
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.Length];
    }
}
