using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TrueUp.Runs;

namespace TrueUp.Proofs.Receipts;

/// <summary>
/// The keys and values a run reported. It lies beside the receipt, which holds only its hash; the salt inside keeps
/// anyone from
/// guessing erased values by trying. Erasing the file erases the data and leaves the receipt valid.
/// </summary>
public sealed record ReceiptAttachment
{
    /// <summary>32 random bytes, base64.</summary>
    public required string Salt { get; init; }

    /// <summary>Keys still missing (capped).</summary>
    public IReadOnlyList<string> Gaps { get; init; } = [];

    /// <summary>Rows still different (capped).</summary>
    public IReadOnlyList<Drift> Drift { get; init; } = [];

    /// <summary>Keys still too many (capped).</summary>
    public IReadOnlyList<string> Extra { get; init; } = [];

    /// <summary>Keys that were missing and are back (capped).</summary>
    public IReadOnlyList<string> RepairedGaps { get; init; } = [];

    /// <summary>Rows that differed and are equal again (capped).</summary>
    public IReadOnlyList<Drift> RepairedDrift { get; init; } = [];

    /// <summary>Keys that were too many and are gone (capped).</summary>
    public IReadOnlyList<string> RepairedExtra { get; init; } = [];

    /// <summary>Records that broke a rule or could not be read (capped).</summary>
    public IReadOnlyList<IntegrityIssue> IntegrityIssues { get; init; } = [];

    /// <summary>What a run reported, or null when it reported nothing.</summary>
    public static ReceiptAttachment? Of(Verification verification)
    {
        ArgumentNullException.ThrowIfNull(verification);
        var (left, repaired) = (verification.Differences, verification.Repaired);
        if (left.Total + repaired.Total + verification.IntegrityIssues.Total == 0)
        {
            return null;
        }
        return new ReceiptAttachment
        {
            Salt = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            Gaps = left.Gaps.Shown,
            Drift = left.Drift.Shown,
            Extra = left.Extra.Shown,
            RepairedGaps = repaired.Gaps.Shown,
            RepairedDrift = repaired.Drift.Shown,
            RepairedExtra = repaired.Extra.Shown,
            IntegrityIssues = verification.IntegrityIssues.Shown,
        };
    }

    /// <summary>The file's text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReceiptJson.Default.ReceiptAttachment) + "\n";

    /// <summary>What the receipt holds of a file's text: SHA-256 in lower-case hex.</summary>
    public static string HashOf(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
}
