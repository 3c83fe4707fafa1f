using Microsoft.Win32.SafeHandles;

namespace TrueUp.Connectors.Files.Content;

/// <summary>What tells a file from another one at the same path without reading it.</summary>
internal readonly record struct FileIdentity(long Length, DateTime WrittenUtc, DateTime CreatedUtc)
{
    public static FileIdentity Of(SafeFileHandle handle) =>
        new(RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle), File.GetCreationTimeUtc(handle));

    /// <summary>The identity of what is at the path now, or null when nothing is.</summary>
    public static FileIdentity? Of(string path)
    {
        var info = new FileInfo(path);
        return info.Exists ? new FileIdentity(info.Length, info.LastWriteTimeUtc, info.CreationTimeUtc) : null;
    }
}
