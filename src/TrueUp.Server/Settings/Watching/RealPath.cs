namespace TrueUp.Server.Settings.Watching;

/// <summary>Where a path leads when every link on it is followed.</summary>
internal static class RealPath
{
    private const int LinksMax = 40;

    /// <summary>The path without links; null when they lead in a circle.</summary>
    public static string? Of(string path)
    {
        var rest = new Stack<string>(Parts(Path.GetFullPath(path)));
        var real = Path.GetPathRoot(Path.GetFullPath(path))!;
        for (var links = 0; rest.TryPop(out var part); )
        {
            var next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }
            if (++links > LinksMax)
            {
                return null;
            }
            var absolute = Path.GetFullPath(target, real);
            real = Path.GetPathRoot(absolute)!;
            foreach (var step in Parts(absolute))
            {
                rest.Push(step);
            }
        }
        return real;
    }

    /// <summary>Whether a path without links is below a folder, whose own path may have some.</summary>
    public static bool IsBelow(string real, string folder) =>
        Of(folder) is { } root && real.StartsWith(root.TrimEnd('/') + '/', StringComparison.Ordinal);

    /// <summary>The names on an absolute path, the last first.</summary>
    private static IEnumerable<string> Parts(string path) =>
        path[Path.GetPathRoot(path)!.Length..]
            .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)
            .Reverse();
}
