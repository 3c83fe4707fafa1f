namespace TrueUp.Server.Settings.Watching;

/// <summary>What a look at a file shows without reading it.</summary>
/// <param name="Target">The path a link leads to; null for what is no link.</param>
/// <param name="Length">Bytes; -1 when there is no file.</param>
/// <param name="WrittenAt">When it was last written.</param>
internal readonly record struct FileStamp(string? Target, long Length, DateTime WrittenAt)
{
    /// <summary>Whether there is a file.</summary>
    public bool Exists => Length >= 0;

    /// <summary>How a file looks now; one that cannot be looked at is taken for missing.</summary>
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        string? target = null;
        if (file.LinkTarget is not null)
        {
            target = RealPath.Of(path);
            if (target is null)
            {
                // Links in a circle lead nowhere.
                return new FileStamp(null, -1, DateTime.MinValue);
            }
            file = new FileInfo(target);
        }
        return file.Exists
            ? new FileStamp(target, file.Length, file.LastWriteTimeUtc)
            : new FileStamp(target, -1, DateTime.MinValue);
    }
}
