using System.Security.Cryptography;

namespace TrueUp.Proofs.Receipts;

/// <summary>An ECDSA P-256 key: whole, it signs; its public half only checks.</summary>
public sealed class ReceiptKey : IDisposable
{
    private readonly ECDsa _key;

    private ReceiptKey(ECDsa key)
    {
        _key = key;
        Id = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];
    }

    /// <summary>The first 16 hex digits of SHA-256 over the public key.</summary>
    public string Id { get; }

    /// <summary>A new key.</summary>
    public static ReceiptKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a private or public key.</summary>
    /// <param name="pem">PEM text.</param>
    /// <exception cref="FormatException">It is no P-256 key.</exception>
    public static ReceiptKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key.KeySize == 256
                ? new ReceiptKey(key)
                : throw new FormatException("The key is not on the curve P-256.");
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new FormatException("This is not a P-256 key in PEM.", error);
        }
    }

    /// <summary>The private key, PKCS #8 in PEM: a secret.</summary>
    public string PrivatePem() => _key.ExportPkcs8PrivateKeyPem();

    /// <summary>The public key in PEM, to give away.</summary>
    public string PublicPem() => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>Signs a SHA-256 hash.</summary>
    public ReceiptSignature Sign(ReadOnlySpan<byte> hash) =>
        new(
            ReceiptSignature.EcdsaP256,
            Id,
            Convert.ToBase64String(_key.SignHash(hash, DSASignatureFormat.Rfc3279DerSequence))
        );

    /// <summary>Whether this key signed the hash.</summary>
    public bool Verifies(ReadOnlySpan<byte> hash, ReceiptSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        var value = new byte[256];
        return string.Equals(signature.Algorithm, ReceiptSignature.EcdsaP256, StringComparison.Ordinal)
            && Convert.TryFromBase64String(signature.Value, value, out var length)
            && _key.VerifyHash(hash, value.AsSpan(0, length), DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <inheritdoc />
    public void Dispose() => _key.Dispose();
}
