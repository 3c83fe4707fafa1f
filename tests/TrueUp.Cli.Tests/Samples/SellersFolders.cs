using TrueUp.Samples.Sellers;
using TrueUp.Testing;

namespace TrueUp.Cli.Tests.Samples;

/// <summary>The sample's files, written once for a class of tests: with mistakes and without.</summary>
public sealed class SellersFolders : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public SellersFolders()
    {
        Spoilt = Generate("spoilt");
        Clean = Generate("clean", clean: true);
    }

    /// <summary>A folder of files with mistakes.</summary>
    public string Spoilt { get; }

    /// <summary>A folder of files without.</summary>
    public string Clean { get; }

    /// <summary>Writes the files into a new folder.</summary>
    public string Generate(string name, ulong seed = Arguments.DefaultSeed, bool clean = false)
    {
        var folder = _root.File(name);
        Folder.Write(Office.Create(seed, clean), folder);
        return folder;
    }

    public void Dispose() => _root.Dispose();
}
