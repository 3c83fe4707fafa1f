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
        var json = File.ReadAllText(path);
        var findings = ReceiptChecker.Check(
            json,
            trusted,
            File.Exists(attachment) ? File.ReadAllText(attachment) : null,
            ReceiptFolder.TryRead(path) is { } receipt ? Previous(path, receipt.Body) : null
        );
        return [.. findings.Select(f => f with { File = path })];
    }

    /// <summary>
    /// The hash of the receipt before this one: null when that is not known (a part of a chain that was copied is
    /// checked from its second receipt on), and empty, which no receipt has, when it should lie here and does not.
    /// </summary>
    private static string? Previous(string path, ReceiptBody body)
    {
        if (body.Sequence <= 1)
        {
            return null;
        }
        string? otherwise = null;
        foreach (var file in ReceiptFolder.Around(path))
        {
            if (
                ReceiptFolder.TryRead(file) is not { } other
                || !string.Equals(other.Body.Pipeline, body.Pipeline, StringComparison.Ordinal)
            )
            {
                continue;
            }
            // The first receipt of this form may follow one of an older form, which does not know its place.
            if (
                other.Body.Sequence == body.Sequence - 1
                || (other.Body.Sequence == 0 && string.Equals(other.Hash, body.Previous, StringComparison.Ordinal))
            )
            {
                return other.Hash;
            }
            otherwise = other.Body.Sequence < body.Sequence ? "" : otherwise;
        }
        return otherwise;
    }
}
