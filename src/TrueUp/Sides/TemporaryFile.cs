namespace TrueUp.Sides;

/// <summary>
/// Temporary files that vanish when they are closed, even when the process is killed where the system allows it.
/// </summary>
public static class TemporaryFile
{
    /// <summary>An empty file of a random name, readable by this user alone.</summary>
    public static FileStream Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 1 << 16,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        var path = Path.Combine(Path.GetTempPath(), "trueup-" + Path.GetRandomFileName());
        var file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
        {
            // The open handle keeps the data; without a name nothing is left behind by a kill.
            File.Delete(path);
        }
        return file;
    }
}
