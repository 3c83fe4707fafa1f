namespace TrueUp.Proofs.Receipts;

/// <summary>Who vouches for a receipt.</summary>
/// <param name="Algorithm"><c>ecdsa-p256-sha256</c>.</param>
/// <param name="KeyId">The first 16 hex digits of SHA-256 over the public key (SubjectPublicKeyInfo).</param>
/// <param name="Value">The signature over the body's hash, DER, base64.</param>
public sealed record ReceiptSignature(string Algorithm, string KeyId, string Value)
{
    /// <summary>The only algorithm so far.</summary>
    public const string EcdsaP256 = "ecdsa-p256-sha256";
}
