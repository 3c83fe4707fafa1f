using System.Diagnostics;
using System.Globalization;

namespace TrueUp.Bench.Measuring;

/// <summary>Runs commands and measures them as whole processes.</summary>
internal static class Shell
{
    /// <summary>The command as <c>./dev bench</c> has published it.</summary>
    public static string Published { get; } = Path.Combine(ResultFiles.Root, "artifacts", "trueup", "TrueUp.Cli");

    /// <summary>Runs a bash command that must succeed.</summary>
    public static async Task<(double Seconds, string Output)> BashAsync(
        string command,
        CancellationToken cancellationToken
    )
    {
        var (seconds, _, output) = await RunAsync("bash", ["-euo", "pipefail", "-c", command], cancellationToken);
        return (seconds, output);
    }

    /// <summary>Runs <c>trueup</c> as <c>./dev bench</c> has published it; it must exit with 0.</summary>
    public static Task<(double Seconds, double PeakMegabytes, string Output)> TrueUpAsync(
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken
    ) => RunAsync(Published, arguments, cancellationToken);

    private static async Task<(double Seconds, double PeakMegabytes, string Output)> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken
    )
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var peak = PeakAsync(process, cancellationToken);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var seconds = clock.Elapsed.TotalSeconds;
        return process.ExitCode == 0
            ? (seconds, await peak, await output)
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} exited with {process.ExitCode}: {await errors}{await output}"
            );
    }

    // The kernel's own high-water mark, read until the process is gone.
    private static async Task<double> PeakAsync(Process process, CancellationToken cancellationToken)
    {
        var peak = 0.0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (!process.HasExited && await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                var line = (
                    await File.ReadAllLinesAsync($"/proc/{process.Id}/status", cancellationToken)
                ).FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
                peak = line is null
                    ? peak
                    : Math.Max(
                        peak,
                        double.Parse(
                            line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
                            CultureInfo.InvariantCulture
                        ) / 1024
                    );
            }
            catch (IOException)
            {
                // It ended between the question and the answer.
                break;
            }
        }
        return peak;
    }
}
