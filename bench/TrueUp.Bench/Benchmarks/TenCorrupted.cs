using System.Globalization;
using TrueUp.Bench.Faults;
using TrueUp.Bench.Measuring;

namespace TrueUp.Bench.Benchmarks;

/// <summary>
/// Ten damaged rows: found, repaired and proven, against copying everything again by the raw pipe (G7). Once more
/// through a
/// proxy that counts what passes, which is not timed.
/// </summary>
internal sealed class TenCorrupted : IBenchmark
{
    private const int Damaged = 10;

    public string Name => "ten-corrupted";

    public string Title => "PostgreSQL → PostgreSQL, 10 rows damaged on the target: found, repaired, proven";

    public async Task<BenchResult> RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        await using var work = Workspace.Open();
        await work.StartPostgresAsync(cancellationToken);
        var source = await work.AccountsAsync(settings.Rows, cancellationToken);
        await Accounts.NewDatabaseAsync(work, cancellationToken);
        await using var proxy = new FlakyProxy(new Uri(work.Url).Port, new Random(1));
        var counted = Accounts
            .Pipeline(work, source)
            .Replace($":{new Uri(work.Url).Port}/", $":{proxy.Port}/", StringComparison.Ordinal);
        await work.RunAsync(counted, cancellationToken);
        var all = proxy.Passed;
        List<double> peer = [],
            ours = [];
        var peak = 0.0;
        for (var run = 0; run < settings.Runs; run++)
        {
            peer.Add(await Accounts.PipeAsync(work, source, cancellationToken));
            await Accounts.CorruptAsync(work, Damaged, run, cancellationToken);
            var (seconds, memory, output) = await work.RunAsync(
                Accounts.Pipeline(work, source),
                cancellationToken,
                keepHome: true
            );
            Check(output);
            ours.Add(seconds);
            peak = Math.Max(peak, memory);
        }
        var before = proxy.Passed;
        await Accounts.CorruptAsync(work, Damaged, settings.Runs, cancellationToken);
        Check((await work.RunAsync(counted, cancellationToken, keepHome: true)).Output);
        var moved = proxy.Passed - before;
        var note = string.Create(
            CultureInfo.InvariantCulture,
            $"{moved:N0} bytes passed between the run and both servers, {(double)moved / all:P2} of the {all:N0} of the first load (goal 1 %)."
        );
        return new BenchResult(Name, Title, settings.Rows, Accounts.Pipe, peer, ours, peak, note);
    }

    private static void Check(string output)
    {
        var verdict = Accounts.Result(output, "verification", "verdict").GetString();
        var changed =
            Accounts.Number(output, "counts", "created")
            + Accounts.Number(output, "counts", "updated")
            + Accounts.Number(output, "counts", "deleted");
        if (verdict != "repaired" || (int)changed != Damaged)
        {
            throw new InvalidOperationException($"{changed} rows changed, verdict {verdict}.");
        }
    }
}
