namespace TrueUp.Testing;

/// <summary>Where the repository is on this machine, found from the place the tests run in.</summary>
public static class RepositoryRoot
{
    private static readonly Lazy<string> Found = new(Find);

    /// <summary>The absolute path of the folder that holds <c>TrueUp.slnx</c>.</summary>
    public static string Path => Found.Value;

    /// <summary>An absolute path below the root, from its parts.</summary>
    public static string Combine(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "TrueUp.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no TrueUp.slnx above {AppContext.BaseDirectory}.");
    }
}
