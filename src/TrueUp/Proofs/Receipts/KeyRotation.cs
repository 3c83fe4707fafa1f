using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TrueUp.Proofs.Receipts;

/// <summary>
/// The old key's word for the new one. The first receipt of a chain that the new key signs carries it, so that a key
/// nobody vouched for is found out even where its public half was put among the trusted ones.
/// </summary>
/// <param name="From">The old key's id.</param>
/// <param name="To">The new key's id.</param>
/// <param name="PublicKey">The new key's public half in PEM.</param>
/// <param name="RotatedAt">When (UTC).</param>
/// <param name="Signature">The old key's signature over SHA-256 of the other members.</param>
public sealed record KeyRotation(
    string From,
    string To,
    string PublicKey,
    DateTimeOffset RotatedAt,
    ReceiptSignature Signature
)
{
    /// <summary>Vouches for a new key with the old one.</summary>
    public static KeyRotation Sign(ReceiptKey old, ReceiptKey next, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(next);
        var pem = next.PublicPem();
        return new KeyRotation(old.Id, next.Id, pem, now, old.Sign(Hash(old.Id, next.Id, pem, now)));
    }

    /// <summary>The new key, if the old one vouches for it; null otherwise. The caller disposes it.</summary>
    public ReceiptKey? NewKey(ReceiptKey old)
    {
        ArgumentNullException.ThrowIfNull(old);
        if (
            !string.Equals(old.Id, From, StringComparison.Ordinal)
            || !old.Verifies(Hash(From, To, PublicKey, RotatedAt), Signature)
        )
        {
            return null;
        }
        var key = ReceiptKey.FromPem(PublicKey);
        if (string.Equals(key.Id, To, StringComparison.Ordinal))
        {
            return key;
        }
        key.Dispose();
        return null;
    }

    /// <summary>The text of a rotation's file.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReceiptJson.Default.KeyRotation) + "\n";

    /// <summary>Reads what <see cref="ToJson"/> wrote; null when it is damaged, so that it vouches for
    /// nothing.</summary>
    public static KeyRotation? TryParse(string json)
    {
        try
        {
            return
                JsonSerializer.Deserialize(json, ReceiptJson.Default.KeyRotation)
                    is { From: not null, To: not null, PublicKey: not null, Signature: not null } rotation
                ? rotation
                : null;
        }
        catch (JsonException)
        {
            // The check of the next receipt tells that nobody vouched for its key.
            return null;
        }
    }

    private static byte[] Hash(string from, string to, string pem, DateTimeOffset at) =>
        SHA256.HashData(
            Encoding.UTF8.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"trueup key rotation 1\n{from}\n{to}\n{at.UtcTicks}\n{pem.ReplaceLineEndings("\n").TrimEnd()}"
                )
            )
        );
}
