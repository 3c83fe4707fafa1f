using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TrueUp.Store.Access;

/// <summary>
/// What a key looks like: <c>tu_</c>, a prefix of 8 characters by which it is found, <c>_</c>, and 43 characters that
/// are 32 random bytes in base64url.
/// </summary>
/// <remarks>
/// SHA-256 is enough to keep it: slow and salted hashes are for passwords, which people choose and others can guess.
/// 256 random bits cannot be tried out however fast the hash is, no two keys are equal, and each request has to be
/// checked.
/// </remarks>
/// <param name="Prefix">Finds the key; no secret.</param>
/// <param name="Hash">SHA-256 of the whole text.</param>
internal readonly record struct KeyText(string Prefix, byte[] Hash)
{
    /// <summary>Characters of a key.</summary>
    public const int Length = 55;

    private const string Start = "tu_";
    private const int PrefixLength = 8;
    private const int SecretBytes = 32;
    private const string PrefixAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> PrefixCharacters = SearchValues.Create(PrefixAlphabet);
    private static readonly SearchValues<char> SecretCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    /// <summary>The text of a new key.</summary>
    public static string Create() =>
        $"{Start}{RandomNumberGenerator.GetString(PrefixAlphabet, PrefixLength)}_"
        + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Reads a text that has the form of a key; anything else is null.</summary>
    public static KeyText? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length != Length || !text.StartsWith(Start, StringComparison.Ordinal))
        {
            return null;
        }
        var prefix = text.Slice(Start.Length, PrefixLength);
        var secret = text[(Start.Length + PrefixLength + 1)..];
        if (
            text[Start.Length + PrefixLength] != '_'
            || prefix.ContainsAnyExcept(PrefixCharacters)
            || secret.ContainsAnyExcept(SecretCharacters)
        )
        {
            return null;
        }
        Span<byte> bytes = stackalloc byte[Length];
        Encoding.ASCII.GetBytes(text, bytes);
        return new KeyText(prefix.ToString(), SHA256.HashData(bytes));
    }

    /// <summary>Whether this is the key with that hash, in a time that does not tell how much of it is right.</summary>
    /// <param name="hash">In hexadecimal.</param>
    public bool Matches(string hash) => CryptographicOperations.FixedTimeEquals(Hash, Convert.FromHexString(hash));
}
