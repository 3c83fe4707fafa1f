using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace TrueUp.Bench.Measuring;

/// <summary>
/// Keeps the newest result of each benchmark in <c>bench/results/</c> and writes the table from them.
/// </summary>
internal static class ResultFiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot();

    private static string Folder => Path.Combine(Root, "bench", "results");

    public static void Save(BenchResult result)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(
            Path.Combine(Folder, $"{result.Name}.json"),
            JsonSerializer.Serialize(result with { Measured = Machine() }, Json) + "\n"
        );
    }

    /// <summary>Keeps a section that stands below the table.</summary>
    public static void SaveSection(string name, string markdown)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, $"{name}.md"), markdown);
    }

    public static void WriteTable()
    {
        var text = new StringBuilder(
            """
            # Results

            Written by `./dev bench`. The peer and TrueUp run by turns as whole processes; times are medians, the ratio is the median of the
            ratios of neighbouring runs, the spread its minimum and maximum. Memory is the largest resident size of our process.

            | benchmark | rows | peer | peer s | ours s | ratio (spread) | peak MB | measured on |
            |---|---|---|---|---|---|---|---|

            """
        );
        foreach (var file in Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal))
        {
            var result = JsonSerializer.Deserialize<BenchResult>(File.ReadAllText(file), Json)!;
            var ratios = result.OurSeconds.Zip(result.PeerSeconds, (ours, peer) => ours / peer).ToArray();
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{result.Name}` {result.Title} | {result.Rows:N0} | {result.Peer} | {Seconds(result.PeerSeconds)} | {Seconds(result.OurSeconds)} | "
            );
            text.Append(
                CultureInfo.InvariantCulture,
                $"{(ratios.Length == 0 ? "" : $"**{result.Ratio:0.00}** ({ratios.Min():0.00}–{ratios.Max():0.00})")} | {result.PeakMegabytes:0} | {result.Measured} |\n"
            );
        }
        foreach (var file in Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal))
        {
            var result = JsonSerializer.Deserialize<BenchResult>(File.ReadAllText(file), Json)!;
            if (result.Note.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n`{result.Name}`: {result.Note}\n");
            }
        }
        foreach (var section in Directory.EnumerateFiles(Folder, "*.md").Order(StringComparer.Ordinal))
        {
            text.Append('\n').Append(File.ReadAllText(section));
        }
        var notes = Path.Combine(Root, "bench", "NOTES.md");
        text.Append(File.Exists(notes) ? "\n" + File.ReadAllText(notes) : "");
        File.WriteAllText(Path.Combine(Root, "bench", "RESULTS.md"), text.ToString());
    }

    private static string Seconds(IReadOnlyList<double> values) =>
        values.Count == 0 ? "" : Numbers.Median(values).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Machine()
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo")
                .FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
                ?.Split(':')[1]
                .Trim()
            : null;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30;
        var day = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"{day}, {Environment.ProcessorCount} cores {model}, {memory} GB, {RuntimeInformation.FrameworkDescription}";
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TrueUp.slnx")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new UnreachableException("Benchmarks run from a clone.");
    }
}
