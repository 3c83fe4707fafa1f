namespace TrueUp.Store;

/// <summary>Folders that hold users' data.</summary>
internal static class PrivateFolder
{
    /// <summary>Creates a folder that nobody but its owner can look into (mode 700), unless it exists.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
