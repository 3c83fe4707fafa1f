using System.Diagnostics;

namespace TrueUp.Bench.Faults.Hostile;

/// <summary>
/// Inputs that nobody should write: each is read or refused with a reason, in bounded time and memory, and nothing else
/// happens. <c>--seed S --only I</c> repeats one of them and shows the failure whole.
/// </summary>
internal sealed class HostileProgram : IFaultProgram
{
    private const long BytesMax = 1L << 30;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(20);

    public string Name => "hostile";

    public int Times => 100_000;

    public int Rows => 0;

    public async Task RunAsync(FaultSettings settings, FaultReport report, CancellationToken cancellationToken)
    {
        IHostileKind[] kinds =
        [
            new HostileCsv(),
            new HostileXlsx(),
            new HostileYaml(),
            await HostileJson.CreateAsync(),
        ];
        var folder = Directory.CreateTempSubdirectory("trueup-hostile-").FullName;
        long slowest = 0,
            input = 0;
        try
        {
            await Parallel.ForAsync(
                settings.Only ?? 0,
                (settings.Only + 1) ?? settings.Times,
                new ParallelOptions
                {
                    CancellationToken = cancellationToken,
                    MaxDegreeOfParallelism = Environment.ProcessorCount,
                },
                async (index, token) =>
                {
                    var kind = kinds[index % kinds.Length];
                    var (end, bytes, took) = await OnceAsync(kind, folder, settings, index, token);
                    lock (report)
                    {
                        input += bytes;
                        slowest = Math.Max(slowest, (long)took.TotalMilliseconds);
                        Tell(report, kind, end, settings, index);
                    }
                }
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        using var process = Process.GetCurrentProcess();
        report.Check(process.PeakWorkingSet64 < BytesMax, $"used {process.PeakWorkingSet64 >> 20} MB of memory");
        report.Say(
            $"{settings.Times} inputs of {input >> 20} MB together, the slowest took {slowest} ms, peak memory {process.PeakWorkingSet64 >> 20} MB"
        );
    }

    private static async Task<(string End, int Bytes, TimeSpan Took)> OnceAsync(
        IHostileKind kind,
        string folder,
        FaultSettings settings,
        int index,
        CancellationToken cancellationToken
    )
    {
        // Each input has a seed of its own, so that it can be made again without those before it.
        var random = new Random(HashCode(settings.Seed, index));
        var content = kind.Make(random);
        var path = Path.Combine(folder, $"{index}.{kind.Name}");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Budget);
        var began = Stopwatch.GetTimestamp();
        var end = "";
        try
        {
            // What does not listen to its token is left behind after twice its time.
            end = await Task.Run(() => kind.ReadAsync(content, path, random, limit.Token), cancellationToken)
                .WaitAsync(Budget * 2, cancellationToken);
        }
        catch (TimeoutException)
        {
            end = $"! hangs on {content.Length} bytes";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            end = $"! took more than {Budget.TotalSeconds} s over {content.Length} bytes";
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            end = $"! {(settings.Only is null ? Brief(error) : error.ToString())}";
        }
        var took = Stopwatch.GetElapsedTime(began);
        if (settings.Only is null)
        {
            File.Delete(path);
        }
        return (end, content.Length, took);
    }

    private static void Tell(FaultReport report, IHostileKind kind, string end, FaultSettings settings, int index)
    {
        if (end.StartsWith('!'))
        {
            report.Check(
                false,
                $"{kind.Name}: {end[2..]}; again with ./dev fault hostile --seed {settings.Seed} --only {index}"
            );
            end = "violation";
        }
        report.Count($"{kind.Name}: {end}");
    }

    private static string Brief(Exception error) =>
        error is BrokenPromiseException
            ? error.Message
            : $"{error.GetType().Name} {error.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("TrueUp", StringComparison.Ordinal))?.Trim()}";

    private static int HashCode(int seed, int index) => unchecked((seed * 1_000_003) ^ (index * -1_640_531_527));
}
