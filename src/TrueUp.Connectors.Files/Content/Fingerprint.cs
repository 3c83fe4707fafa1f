using System.Globalization;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Content;

/// <summary>What a file holds: its bytes' SHA-256 in lower-case hex, and how many they are.</summary>
internal sealed record Fingerprint(string Sha256, long Length)
{
    /// <summary>The position that proofs name: <c>sha256:…;bytes:N</c>.</summary>
    public SidePosition Position =>
        new("file", string.Create(CultureInfo.InvariantCulture, $"sha256:{Sha256};bytes:{Length}"));
}
