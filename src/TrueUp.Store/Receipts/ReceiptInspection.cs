using TrueUp.Pipelines;
using TrueUp.Proofs.Receipts;
using TrueUp.Store.Audit;

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
        var receipt = ReceiptFolder.TryRead(path);
        var (previous, previousKey) = receipt is null ? (null, null) : Previous(path, receipt.Body);
        var findings = ReceiptChecker.Check(
            json,
            trusted,
            File.Exists(attachment) ? File.ReadAllText(attachment) : null,
            previous,
            previousKey,
            receipt is null ? [] : Rotations(path, receipt, trusted)
        );
        return [.. findings.Concat(Misplaced(path, receipt)).Select(f => f with { File = path })];
    }

    /// <summary>Checks a receipt's whole folder and holds it against what a witness was told.</summary>
    /// <param name="path">A receipt's file; all that lie beside it belong to the chain.</param>
    /// <param name="witness">The witness's file.</param>
    /// <param name="trusted">Public keys one trusts.</param>
    /// <returns>What is wrong; empty when the chain is whole and the one that was witnessed.</returns>
    public static IReadOnlyList<Finding> CheckChain(string path, string witness, IReadOnlyList<ReceiptKey> trusted)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(witness);
        if (ReceiptFolder.TryRead(path) is not { } receipt)
        {
            return Check(path, trusted);
        }
        var pipeline = receipt.Body.Pipeline;
        var chain = ReceiptFolder
            .Files(Path.GetDirectoryName(Path.GetFullPath(path))!)
            .Select(file => (File: file, Receipt: ReceiptFolder.TryRead(file)))
            .Where(f => f.Receipt is null || string.Equals(f.Receipt.Body.Pipeline, pipeline, StringComparison.Ordinal))
            .ToList();
        return
        [
            .. chain.SelectMany(f => Check(f.File, trusted)),
            .. WitnessChecker
                .Check(pipeline, [.. chain.Select(f => f.Receipt).OfType<Receipt>()], File.ReadLines(witness))
                .Select(f => f with { File = witness }),
        ];
    }

    // A file that carries a run's name and is about another run was put there.
    private static IEnumerable<Finding> Misplaced(string path, Receipt? receipt)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        if (
            receipt is not null
            && RunIds.IsValid(name)
            && !string.Equals(name, receipt.Body.RunId, StringComparison.Ordinal)
        )
        {
            yield return new Finding(
                "receipt_misplaced",
                $"The file has the name of run {name} and is the receipt of run {receipt.Body.RunId}.",
                "Look for the receipt that belongs there."
            )
            {
                Path = "run_id",
            };
        }
    }

    /// <summary>
    /// The hash and key of the receipt before this one: null when that is not known (a part of a chain that was copied
    /// is
    /// checked from its second receipt on), and empty, which no receipt has, when it should lie here and does not.
    /// </summary>
    private static (string? Hash, string? KeyId) Previous(string path, ReceiptBody body)
    {
        if (body.Sequence <= 1)
        {
            return (null, null);
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
                return (other.Hash, other.Signature.KeyId);
            }
            otherwise = other.Body.Sequence < body.Sequence ? "" : otherwise;
        }
        return (otherwise, null);
    }

    // Whoever has only an old public key learns from the chain itself which keys came after it.
    private static IEnumerable<KeyRotation> Rotations(
        string path,
        Receipt receipt,
        IReadOnlyList<ReceiptKey> trusted
    ) =>
        trusted.Any(k => string.Equals(k.Id, receipt.Signature.KeyId, StringComparison.Ordinal))
            ? []
            : ReceiptFolder.Around(path).SelectMany(f => ReceiptFolder.TryRead(f)?.Body.Rotations ?? []);
}
