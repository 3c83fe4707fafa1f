using System.Globalization;

namespace TrueUp.Server.Metrics;

/// <summary>
/// Reads what Linux says of the machine below <c>/proc</c>: https://man7.org/linux/man-pages/man5/proc.5.html. Nothing
/// where there is no such folder.
/// </summary>
internal sealed class HostReader(string proc = "/proc")
{
    private const double TicksPerSecond = 100;

    private static readonly string[] Modes = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"];

    /// <summary>Seconds of all processors together, by what they did.</summary>
    public IReadOnlyList<(string Mode, double Seconds)> CpuSeconds()
    {
        var line = Lines("stat").FirstOrDefault(l => l.StartsWith("cpu ", StringComparison.Ordinal));
        var ticks = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..] ?? [];
        return [.. Modes.Zip(ticks, (mode, text) => (mode, Number(text) / TicksPerSecond))];
    }

    /// <summary>Bytes of memory, by the names of <c>meminfo</c> such as <c>MemTotal</c>; null if unknown.</summary>
    public double? MemoryBytes(string name)
    {
        var line = Lines("meminfo").FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.Ordinal));
        return line is null ? null : Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
    }

    /// <summary>What is mounted of real devices, each device once: the device and where it is.</summary>
    public IReadOnlyList<(string Device, string Folder)> Mounts() =>
        [
            .. Lines("mounts")
                .Select(line => line.Split(' '))
                .Where(fields => fields.Length > 1)
                .Where(f => f[0].StartsWith("/dev/", StringComparison.Ordinal) || f[1] == "/")
                .Select(fields => (Device: fields[0], Folder: fields[1].Replace(@"\040", " ")))
                .Where(mount => Directory.Exists(mount.Folder))
                .DistinctBy(mount => mount.Device),
        ];

    private IReadOnlyList<string> Lines(string file)
    {
        var path = Path.Combine(proc, file);
        return File.Exists(path) ? File.ReadAllLines(path) : [];
    }

    private static double Number(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
