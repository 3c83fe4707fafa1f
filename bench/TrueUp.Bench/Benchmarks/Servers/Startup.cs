using System.Diagnostics;
using System.Globalization;
using TrueUp.Bench.Faults;
using TrueUp.Bench.Measuring;

namespace TrueUp.Bench.Benchmarks.Servers;

/// <summary>
/// How long <c>trueup --version</c> takes (goal: 150 ms) and how long <c>trueup serve</c> until it is ready (goal:
/// 2 s), in
/// a new home and in one it has used before, with ten pipelines.
/// </summary>
internal sealed class Startup : IBenchmark
{
    private const int Pipelines = 10;
    private const int Versions = 20;
    private const int Starts = 10;

    public string Name => "startup";

    public string Title => "trueup serve, from its start to ready";

    public bool IsDefault => false;

    public async Task<BenchResult> RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        var versions = new List<double>();
        for (var i = 0; i < Versions; i++)
        {
            versions.Add((await Shell.TrueUpAsync(["--version"], cancellationToken)).Seconds);
        }
        var fresh = new List<double>();
        var again = new List<double>();
        var peak = 0.0;
        for (var i = 0; i < Starts; i++)
        {
            await using var folder = new ServerHome();
            await folder.PipelinesAsync(Pipelines, "schedule: {cron: \"0 3 29 2 *\"}\n", cancellationToken);
            foreach (var times in (List<double>[])[fresh, again])
            {
                var began = Stopwatch.GetTimestamp();
                using var server = await folder.ServeAsync(cancellationToken);
                times.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
                peak = Math.Max(peak, ProcessUse.Of(server.ProcessId).PeakMegabytes);
                await server.TerminateAsync(cancellationToken);
            }
        }
        var note = string.Create(
            CultureInfo.InvariantCulture,
            $"to ready in a new home {Text(fresh)} (goal 2), in a used one {Text(again)}; `trueup --version` {Text(versions)} (goal 0.15). Medians of {Starts} and {Versions}, in brackets the fastest and the slowest; files were read before."
        );
        return new BenchResult(Name, Title, Pipelines, "—", [], fresh, peak, note);
    }

    private static string Text(List<double> seconds) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Numbers.Median(seconds):0.00} s ({seconds.Min():0.00}–{seconds.Max():0.00})"
        );
}
