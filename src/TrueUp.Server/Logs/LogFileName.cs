using System.Globalization;

namespace TrueUp.Server.Logs;

/// <summary>
/// How the files of a log are called: <c>server.log</c> is written, <c>server.20260301T120000123Z.log[.gz]</c> was
/// closed then. The time of a closed file stands in its name, so that copying it makes it no younger.
/// </summary>
internal sealed class LogFileName(string folder, string name)
{
    private const string Form = "yyyyMMdd'T'HHmmssfff'Z'";

    /// <summary>The file that is written.</summary>
    public string Current => Path.Combine(folder, name + ".log");

    /// <summary>A name for the file that is closed now; no two are the same.</summary>
    public string Closed(DateTimeOffset time)
    {
        while (true)
        {
            var path = Path.Combine(
                folder,
                $"{name}.{time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture)}.log"
            );
            if (!File.Exists(path) && !File.Exists(path + ".gz"))
            {
                return path;
            }
            time = time.AddMilliseconds(1);
        }
    }

    /// <summary>The closed files, the newest first.</summary>
    public List<(string Path, DateTimeOffset Time)> Backups() =>
        [
            .. Directory
                .EnumerateFiles(folder, name + ".*")
                .Select(path => (path, Time: TimeOf(path)))
                .Where(file => file.Time is not null)
                .Select(file => (file.path, file.Time!.Value))
                .OrderByDescending(file => file.Value),
        ];

    private DateTimeOffset? TimeOf(string path)
    {
        var file = Path.GetFileName(path);
        var end =
            file.EndsWith(".log.gz", StringComparison.Ordinal) ? ".log.gz".Length
            : file.EndsWith(".log", StringComparison.Ordinal) ? ".log".Length
            : 0;
        return
            end > 0
            && file.Length > name.Length + 1 + end
            && DateTimeOffset.TryParseExact(
                file[(name.Length + 1)..^end],
                Form,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
            ? time
            : null;
    }
}
