using Microsoft.Win32.SafeHandles;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Content;

/// <summary>An open file of known identity. Replacing the file at its path does not change what is read here.</summary>
internal sealed class SourceFile : IDisposable
{
    private SourceFile(string path, SafeFileHandle handle)
    {
        FullPath = path;
        Handle = handle;
        Identity = FileIdentity.Of(handle);
    }

    public string FullPath { get; }

    public SafeFileHandle Handle { get; }

    /// <summary>What it was when it was opened.</summary>
    public FileIdentity Identity { get; }

    /// <exception cref="SideException">It is missing, a folder, or may not be read.</exception>
    public static SourceFile Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw FileErrors.IsFolder(path);
        }
        SafeFileHandle? handle = null;
        try
        {
            // Writers are not shut out: that they write is noticed, and not our place to forbid.
            handle = File.OpenHandle(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                FileOptions.SequentialScan
            );
            return new SourceFile(path, handle);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw FileErrors.Missing(path, error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException)
        {
            handle?.Dispose();
            throw FileErrors.Denied(path, error);
        }
        catch (Exception error) when (error is IOException or ArgumentException or NotSupportedException)
        {
            handle?.Dispose();
            throw FileErrors.Unreadable(path, error);
        }
    }

    /// <summary>Opens a file that was described before, and makes sure that it still holds the same.</summary>
    /// <exception cref="SideException">It holds something else.</exception>
    public static async ValueTask<SourceFile> ReopenAsync(
        string path,
        FileIdentity identity,
        Fingerprint content,
        CancellationToken cancellationToken
    )
    {
        var file = Open(path);
        try
        {
            if (
                file.Identity == identity
                || (file.Identity.Length == content.Length && await file.HashAsync(cancellationToken) == content)
            )
            {
                return file;
            }
            throw FileErrors.Changed(path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether the handle and the path still show the file that was opened.</summary>
    public bool IsUntouched() => FileIdentity.Of(Handle) == Identity && FileIdentity.Of(FullPath) == Identity;

    /// <summary>Makes sure that the path still holds these bytes. They are read again only where something points to a
    /// change.</summary>
    /// <exception cref="SideException">It holds others, or nothing.</exception>
    public async ValueTask CheckUnchangedAsync(Fingerprint expected, CancellationToken cancellationToken)
    {
        if (IsUntouched())
        {
            return;
        }
        if (!File.Exists(FullPath))
        {
            throw FileErrors.Changed(FullPath);
        }
        using var now = Open(FullPath);
        if (now.Identity.Length != expected.Length || await now.HashAsync(cancellationToken) != expected)
        {
            throw FileErrors.Changed(FullPath);
        }
    }

    /// <summary>Reads and hashes the whole file.</summary>
    public async ValueTask<Fingerprint> HashAsync(CancellationToken cancellationToken)
    {
        await using var blocks = new BlockReader(this);
        return await blocks.SkipToEndAsync(cancellationToken);
    }

    public void Dispose() => Handle.Dispose();
}
