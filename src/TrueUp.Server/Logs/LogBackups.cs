using System.IO.Compression;
using TrueUp.Server.Settings;

namespace TrueUp.Server.Logs;

/// <summary>What happens to log files after they are closed.</summary>
internal static class LogBackups
{
    /// <summary>Deletes what is too many or too old, and compresses the rest.</summary>
    /// <returns>What went wrong, or null; it is tried again with the next file that is closed.</returns>
    public static string? Tidy(LogFileName name, LogSettings settings, DateTimeOffset now)
    {
        var before = settings.Days > 0 ? now.AddDays(-settings.Days) : DateTimeOffset.MinValue;
        try
        {
            foreach (var (index, (path, time)) in name.Backups().Index())
            {
                if (index >= settings.Backups || time < before)
                {
                    File.Delete(path);
                }
                else if (settings.Compress && !path.EndsWith(".gz", StringComparison.Ordinal))
                {
                    Compress(path);
                }
            }
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"Old log files could not be compressed or deleted: {error.Message}";
        }
    }

    private static void Compress(string path)
    {
        // Under another name until it is whole: a server that is killed here leaves the file as it was.
        var unfinished = path + ".tmp";
        using (var source = File.OpenRead(path))
        using (var target = new GZipStream(File.Create(unfinished), CompressionLevel.Optimal))
        {
            source.CopyTo(target);
        }
        File.Move(unfinished, path + ".gz", overwrite: true);
        File.Delete(path);
    }
}
