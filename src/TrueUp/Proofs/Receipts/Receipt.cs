using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TrueUp.Proofs.Receipts;

/// <summary>
/// A signed receipt as it lies in a file: <c>{body, hash, signature}</c>. The hash is SHA-256 over the body's compact
/// JSON with its
/// members in the order of the file; indentation does not count, everything else does.
/// </summary>
public sealed record Receipt(ReceiptBody Body, string Hash, ReceiptSignature Signature)
{
    /// <summary>The longest file that is read.</summary>
    public const int BytesMax = 4 << 20;

    /// <summary>Hashes and signs a body.</summary>
    public static Receipt Sign(ReceiptBody body, ReceiptKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var hash = HashOf(JsonSerializer.SerializeToNode(body, ReceiptJson.Default.ReceiptBody)!);
        return new Receipt(body, Convert.ToHexStringLower(hash), key.Sign(hash));
    }

    /// <summary>The file's text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReceiptJson.Default.Receipt) + "\n";

    /// <summary>Reads a file's text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="actualHash">The hash of the body as it stands in the text, in lower-case hex.</param>
    /// <exception cref="FormatException">It is no receipt, or has been cut off.</exception>
    public static Receipt Parse(string json, out string actualHash)
    {
        try
        {
            var node = JsonNode.Parse(json) as JsonObject ?? throw new FormatException("A receipt is a JSON object.");
            var body = node["body"] ?? throw new FormatException("The receipt has no body.");
            actualHash = Convert.ToHexStringLower(HashOf(body));
            return
                node.Deserialize(ReceiptJson.Default.Receipt)
                    is { Body: not null, Hash: not null, Signature: not null } receipt
                && HasNoNullElement(receipt.Body)
                ? receipt
                : throw new FormatException("Something the receipt must have is missing.");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // Not the parser's own words, which can repeat any length of what it could not read.
            var place = error is JsonException { LineNumber: { } line, BytePositionInLine: { } column }
                ? $" (line {line + 1}, byte {column + 1})"
                : "";
            throw new FormatException($"This is not a whole receipt{place}.", error);
        }
    }

    // The reader refuses null for members that have none, but not inside of lists.
    private static bool HasNoNullElement(ReceiptBody body) =>
        !body.Units.Contains(null!) && body.Units.All(u => !u.Parts.Contains(null!)) && !body.Rotations.Contains(null!);

    private static byte[] HashOf(JsonNode body) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(body.ToJsonString(ReceiptJson.Compact)));
}
