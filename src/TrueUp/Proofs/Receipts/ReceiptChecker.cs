using TrueUp.Digests;
using TrueUp.Pipelines;

namespace TrueUp.Proofs.Receipts;

/// <summary>
/// Checks receipts without any store: is it whole and unaltered, signed by a key one trusts, in agreement with itself,
/// and in its
/// place in the chain.
/// </summary>
public static class ReceiptChecker
{
    /// <summary>Checks one receipt.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="trusted">Public keys one trusts, by whatever way they came.</param>
    /// <param name="attachment">The attachment's text, or null when it is not at hand (erased, or not asked
    /// for).</param>
    /// <param name="previous">The hash of the receipt before it in the chain, or null when it is not known.</param>
    /// <param name="previousKey">The id of the key that signed that receipt, or null when it is not known.</param>
    /// <param name="rotations">Rotations that other receipts carry, or null.</param>
    /// <returns>What is wrong; empty when the receipt holds.</returns>
    public static IReadOnlyList<Finding> Check(
        string json,
        IReadOnlyList<ReceiptKey> trusted,
        string? attachment = null,
        string? previous = null,
        string? previousKey = null,
        IEnumerable<KeyRotation>? rotations = null
    )
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(trusted);
        Receipt receipt;
        string hash;
        try
        {
            receipt = Receipt.Parse(json, out hash);
        }
        catch (FormatException error)
        {
            return [new Finding("not_a_receipt", error.Message, "Get the file again from where the run wrote it.")];
        }
        using var ring = new KeyRing(trusted, [.. receipt.Body.Rotations, .. rotations ?? []]);
        return
        [
            .. Alterations(receipt, hash, ring),
            .. Form(receipt.Body),
            .. Place(receipt.Body, attachment, previous),
            .. Succession(receipt, previousKey, ring),
        ];
    }

    private static IEnumerable<Finding> Alterations(Receipt receipt, string hash, KeyRing ring)
    {
        if (!string.Equals(receipt.Hash, hash, StringComparison.Ordinal))
        {
            yield return new Finding(
                "receipt_altered",
                "The body does not have the hash the receipt states: it was edited.",
                "Trust the original only."
            )
            {
                Path = "hash",
            };
        }
        var key = ring.Find(receipt.Signature.KeyId);
        if (key is null)
        {
            yield return new Finding(
                "key_unknown",
                $"It is signed by the key {receipt.Signature.KeyId}, which is not among the trusted ones.",
                "Name the public key with --key FILE if you trust it."
            )
            {
                Path = "signature.key_id",
            };
        }
        else if (!key.Verifies(Convert.FromHexString(hash), receipt.Signature))
        {
            yield return new Finding(
                "signature_wrong",
                $"The key {key.Id} did not sign this body.",
                "Trust the original only."
            )
            {
                Path = "signature.value",
            };
        }
    }

    private static IEnumerable<Finding> Form(ReceiptBody body) =>
        body.ReceiptVersion == ReceiptBody.VersionNow
            ? Contradictions(body)
            :
            [
                new Finding(
                    "receipt_version_unknown",
                    $"It is written in form {body.ReceiptVersion}; this program knows form {ReceiptBody.VersionNow}.",
                    "Check it with the version of TrueUp that wrote it."
                )
                {
                    Path = "receipt_version",
                },
            ];

    // A signed receipt that contradicts itself was not written by this engine.
    private static IEnumerable<Finding> Contradictions(ReceiptBody body)
    {
        if (body.Sequence < 1 || (body.Sequence == 1) != (body.Previous is null))
        {
            yield return Contradiction($"its place in the chain is {body.Sequence}");
        }
        foreach (var unit in body.Units)
        {
            if (
                !SetDigest.TryParse(unit.Source, out var source)
                || !SetDigest.TryParse(unit.Target, out var target)
                || unit.Parts.Any(p => !SetDigest.TryParse(p, out _))
            )
            {
                yield return Contradiction($"unit '{unit.Unit}' has a digest that cannot be read");
                continue;
            }
            var sum = unit.Parts.Aggregate(
                default(SetDigest),
                (total, part) => SetDigest.TryParse(part, out var digest) ? total + digest : total
            );
            if (unit.Parts.Count > 0 && sum != source)
            {
                yield return Contradiction($"the parts of unit '{unit.Unit}' do not add up to its digest");
            }
            var proven = unit.Verdict is "verified" or "repaired";
            if (proven && (unit.Gaps | unit.Drift | unit.Extra) != 0)
            {
                yield return Contradiction($"unit '{unit.Unit}' is called {unit.Verdict} though differences are left");
            }
            if (
                proven
                && string.Equals(body.Mode, "mirror", StringComparison.Ordinal)
                && unit.Counts.Failed + unit.Counts.Skipped == 0
                && source != target
            )
            {
                yield return Contradiction(
                    $"unit '{unit.Unit}' is called {unit.Verdict} though its sides have different digests"
                );
            }
        }
    }

    private static IEnumerable<Finding> Place(ReceiptBody body, string? attachment, string? previous)
    {
        if (
            attachment is not null
            && !string.Equals(body.Attachment, ReceiptAttachment.HashOf(attachment), StringComparison.Ordinal)
        )
        {
            yield return new Finding(
                "attachment_altered",
                "The attachment is not the one the receipt was written with.",
                "Trust its keys and values only from the original."
            )
            {
                Path = "attachment",
            };
        }
        if (previous is not null && !string.Equals(body.Previous, previous, StringComparison.Ordinal))
        {
            yield return new Finding(
                "chain_broken",
                "The receipt before this one is missing, was replaced, or the order was changed.",
                "Look for receipts that were removed or restored."
            )
            {
                Path = "previous",
            };
        }
    }

    // A key that follows another without its word is somebody else's, however it came among the trusted ones.
    private static IEnumerable<Finding> Succession(Receipt receipt, string? previousKey, KeyRing ring)
    {
        var keyId = receipt.Signature.KeyId;
        if (
            previousKey is null
            || string.Equals(previousKey, keyId, StringComparison.Ordinal)
            || ring.Find(previousKey) is not { } before
        )
        {
            yield break;
        }
        using var heirs = new KeyRing([before], receipt.Body.Rotations);
        if (heirs.Find(keyId) is null)
        {
            yield return new Finding(
                "key_changed",
                $"It is signed by the key {keyId}, the receipt before it by {previousKey}, and that key did not vouch for this one.",
                "Rotate keys with `trueup receipt rotate-key`; if nobody did, somebody else has signed this receipt."
            )
            {
                Path = "rotations",
            };
        }
    }

    private static Finding Contradiction(string what) =>
        new(
            "receipt_contradicts_itself",
            $"The receipt contradicts itself: {what}.",
            "Do not trust it; verify the stores again."
        )
        {
            Path = "units",
        };
}
