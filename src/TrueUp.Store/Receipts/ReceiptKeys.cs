using TrueUp.Proofs.Receipts;

namespace TrueUp.Store.Receipts;

/// <summary>
/// The keys of a home: <c>keys/receipt.pem</c> signs (mode 600, made on first use), every <c>keys/*.pub</c> is trusted.
/// Rotating renames
/// nothing that is trusted: a new signing key is made and the old public half stays.
/// </summary>
/// <param name="folder">The home's <c>keys</c> folder.</param>
public sealed class ReceiptKeys(string folder)
{
    private string SigningFile => Path.Combine(folder, "receipt.pem");

    /// <summary>The signing key; made when there is none. The caller disposes it.</summary>
    public ReceiptKey Signing()
    {
        PrivateFolder.Create(folder);
        if (!File.Exists(SigningFile))
        {
            Make();
        }
        return ReceiptKey.FromPem(File.ReadAllText(SigningFile));
    }

    /// <summary>Makes a new signing key; receipts of the old one stay checkable. Returns the new key's id.</summary>
    public string Rotate()
    {
        PrivateFolder.Create(folder);
        return Make();
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

    // The public half is written first and the private one moved into place whole: a signature can always be checked.
    private string Make()
    {
        using var key = ReceiptKey.Create();
        File.WriteAllText(Path.Combine(folder, $"receipt-{key.Id}.pub"), key.PublicPem() + "\n");
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
        return key.Id;
    }
}
