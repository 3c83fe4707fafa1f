using TrueUp.Proofs.Receipts;

namespace TrueUp.Store.Receipts;

/// <summary>The receipts that lie in one folder: a pipeline's chain, or a part of it that was copied.</summary>
internal static class ReceiptFolder
{
    /// <summary>The files of the other receipts in a receipt's folder, nearest names first.</summary>
    /// <remarks>
    /// Names are identifiers of runs, which sort by the run's start; chains grow by its end. So a receipt's
    /// predecessor is nearly always one of its neighbours.
    /// </remarks>
    public static IEnumerable<string> Around(string path)
    {
        var own = Path.GetFileName(path);
        var files = Files(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var before = files.Where(f => string.CompareOrdinal(Path.GetFileName(f), own) < 0).Reverse();
        return before.Concat(files.Where(f => string.CompareOrdinal(Path.GetFileName(f), own) > 0));
    }

    /// <summary>The receipts' files of a folder by name.</summary>
    public static IReadOnlyList<string> Files(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder, "*.json")
                .Where(f => !f.EndsWith(".keys.json", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>A receipt as it stands in its file; null when it is none, which its own check says.</summary>
    public static Receipt? TryRead(string path)
    {
        try
        {
            return new FileInfo(path).Length > Receipt.BytesMax ? null : Receipt.Parse(File.ReadAllText(path), out _);
        }
        catch (FormatException)
        {
            // Whoever asks only looks around; the file's own check tells what is wrong with it.
            return null;
        }
    }
}
