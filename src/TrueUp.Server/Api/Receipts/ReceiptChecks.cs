using TrueUp.Pipelines;
using TrueUp.Proofs.Receipts;
using TrueUp.Store;
using TrueUp.Store.Receipts;

namespace TrueUp.Server.Api.Receipts;

/// <summary>Checks receipts as they lie in the home.</summary>
internal static class ReceiptChecks
{
    private const int FindingsMax = 100;

    /// <summary>What is wrong with them; at most <see cref="FindingsMax"/>.</summary>
    public static IReadOnlyList<Finding> Check(
        TrueUpHome home,
        IReadOnlyList<ReceiptEntry> entries,
        CancellationToken cancellationToken
    )
    {
        var trusted = home.Keys.Trusted();
        try
        {
            var findings = new List<Finding>();
            foreach (var entry in entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                findings.AddRange(Check(home, entry, trusted));
                if (findings.Count >= FindingsMax)
                {
                    break;
                }
            }
            return [.. findings.Take(FindingsMax)];
        }
        finally
        {
            foreach (var key in trusted)
            {
                key.Dispose();
            }
        }
    }

    /// <summary>Where a receipt has to be: made anew from names that cannot lead out of the folder.</summary>
    public static string PathOf(TrueUpHome home, ReceiptEntry entry) =>
        Path.Combine(home.Folder, ReceiptIndex.RelativePath(entry.Pipeline, entry.RunId));

    private static IReadOnlyList<Finding> Check(TrueUpHome home, ReceiptEntry entry, IReadOnlyList<ReceiptKey> trusted)
    {
        var path = PathOf(home, entry);
        return File.Exists(path)
            ? ReceiptInspection.Check(path, trusted)
            :
            [
                new Finding(
                    "receipt_missing",
                    $"The receipt of run {entry.RunId} is gone.",
                    "Put it back from a copy of the home folder."
                ),
            ];
    }
}
