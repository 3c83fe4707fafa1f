using TrueUp.Pipelines;
using TrueUp.Proofs.Receipts;

namespace TrueUp.Store.Receipts;

/// <summary>Checks receipt files with what lies beside them.</summary>
public static class ReceiptInspection
{
    /// <summary>
    /// Checks a receipt: its hash, its signature, that it agrees with itself, its attachment when that is still there,
    /// and its place
    /// behind the receipt before it when that lies in the same folder.
    /// </summary>
    /// <param name="path">The receipt's file.</param>
    /// <param name="trusted">Public keys one trusts.</param>
    /// <returns>What is wrong; empty when the receipt holds.</returns>
    public static IReadOnlyList<Finding> Check(string path, IReadOnlyList<ReceiptKey> trusted)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (new FileInfo(path).Length > Receipt.BytesMax)
        {
            return
            [
                new Finding("not_a_receipt", "The file is too large for a receipt.", "Name a receipt's file.")
                {
                    File = path,
                },
            ];
        }
        var attachment = ReceiptBook.AttachmentOf(path);
        var findings = ReceiptChecker.Check(
            File.ReadAllText(path),
            trusted,
            File.Exists(attachment) ? File.ReadAllText(attachment) : null,
            Previous(path)
        );
        return [.. findings.Select(f => f with { File = path })];
    }

    // Names are run identifiers, which sort by time, so the receipt before this one is the file before it. A chain that
    // was copied
    // in part is checked from its second receipt on.
    private static string? Previous(string path)
    {
        var before = Directory
            .EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, "*.json")
            .Where(f =>
                !f.EndsWith(".keys.json", StringComparison.Ordinal)
                && string.CompareOrdinal(Path.GetFileName(f), Path.GetFileName(path)) < 0
            )
            .Max(StringComparer.Ordinal);
        try
        {
            return before is null ? null : Receipt.Parse(File.ReadAllText(before), out _).Hash;
        }
        catch (FormatException)
        {
            // The receipt before this one is damaged itself; its own check says so.
            return null;
        }
    }
}
