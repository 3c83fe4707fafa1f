using TrueUp.Proofs.Receipts;

namespace TrueUp.Store.Receipts;

/// <summary>
/// The keys of a home: <c>keys/receipt.pem</c> signs (mode 600, made on first use), every <c>keys/*.pub</c> is trusted.
/// Rotating renames nothing that is trusted: a new signing key is made, the old one vouches for it
/// (<c>keys/receipt-{id}.rotation.json</c>) and its public half stays.
/// </summary>
/// <param name="folder">The home's <c>keys</c> folder.</param>
public sealed class ReceiptKeys(string folder)
{
    private const int RotationsMax = 1000;

    private string SigningFile => Path.Combine(folder, "receipt.pem");

    /// <summary>
    /// The signing key; made when there is none. The caller disposes it, and is alone: two processes that both make
    /// the first key would leave receipts of a key that is gone.
    /// </summary>
    internal ReceiptKey Signing()
    {
        PrivateFolder.Create(folder);
        if (File.Exists(SigningFile))
        {
            return ReceiptKey.FromPem(File.ReadAllText(SigningFile));
        }
        var key = ReceiptKey.Create();
        Publish(key);
        Install(key);
        return key;
    }

    /// <summary>
    /// Makes a new signing key that the old one vouches for; null when there is none yet. The caller is alone.
    /// </summary>
    internal KeyRotation? Rotate(DateTimeOffset now)
    {
        if (!File.Exists(SigningFile))
        {
            return null;
        }
        using var old = ReceiptKey.FromPem(File.ReadAllText(SigningFile));
        using var next = ReceiptKey.Create();
        var rotation = KeyRotation.Sign(old, next, now);
        Publish(next);
        File.WriteAllText(RotationFile(next.Id), rotation.ToJson());
        Install(next);
        return rotation;
    }

    /// <summary>How one key and each after it vouched for the next, up to another; empty when they did not.</summary>
    internal IReadOnlyList<KeyRotation> Between(string from, string to)
    {
        var path = new List<KeyRotation>();
        for (var at = to; !string.Equals(at, from, StringComparison.Ordinal); at = path[0].From)
        {
            if (
                path.Count == RotationsMax
                || !File.Exists(RotationFile(at))
                || KeyRotation.TryParse(File.ReadAllText(RotationFile(at))) is not { } rotation
            )
            {
                return [];
            }
            path.Insert(0, rotation);
        }
        return path;
    }

    /// <summary>The public keys that are trusted here. The caller disposes them.</summary>
    public IReadOnlyList<ReceiptKey> Trusted() =>
        Directory.Exists(folder)
            ?
            [
                .. Directory
                    .EnumerateFiles(folder, "*.pub")
                    .Order(StringComparer.Ordinal)
                    .Select(f => ReceiptKey.FromPem(File.ReadAllText(f))),
            ]
            : [];

    private string RotationFile(string id) => Path.Combine(folder, $"receipt-{id}.rotation.json");

    // The public half is written first and the private one moved into place whole: a signature can always be checked.
    private void Publish(ReceiptKey key) =>
        File.WriteAllText(Path.Combine(folder, $"receipt-{key.Id}.pub"), key.PublicPem() + "\n");

    private void Install(ReceiptKey key)
    {
        var draft = Path.Combine(folder, $".{key.Id}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using (var writer = new StreamWriter(draft, options))
        {
            writer.WriteLine(key.PrivatePem());
        }
        File.Move(draft, SigningFile, overwrite: true);
    }
}
