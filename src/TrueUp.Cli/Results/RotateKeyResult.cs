namespace TrueUp.Cli.Results;

/// <summary>What <c>receipt rotate-key</c> did.</summary>
/// <param name="KeyId">The key that signs from now on.</param>
/// <param name="PreviousKeyId">The key that vouches for it.</param>
/// <param name="PublicKey">The path of the new key's public half.</param>
internal sealed record RotateKeyResult(string KeyId, string PreviousKeyId, string PublicKey);
