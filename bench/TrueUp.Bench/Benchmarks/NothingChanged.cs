using TrueUp.Bench.Measuring;

namespace TrueUp.Bench.Benchmarks;

/// <summary>Running again when nothing changed, against copying everything again by the raw pipe (G6).</summary>
internal sealed class NothingChanged : IBenchmark
{
    public string Name => "nothing-changed";

    public string Title => "PostgreSQL → PostgreSQL, run again, proven";

    public async Task<BenchResult> RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        await using var work = Workspace.Open();
        await work.StartPostgresAsync(cancellationToken);
        var source = await work.AccountsAsync(settings.Rows, cancellationToken);
        await Accounts.NewDatabaseAsync(work, cancellationToken);
        await work.RunAsync(Accounts.Pipeline(work, source), cancellationToken);
        List<double> peer = [],
            ours = [];
        var peak = 0.0;
        for (var run = 0; run < settings.Runs; run++)
        {
            peer.Add(await Accounts.PipeAsync(work, source, cancellationToken));
            var (seconds, memory, _) = await work.RunAsync(
                Accounts.Pipeline(work, source),
                cancellationToken,
                keepHome: true
            );
            ours.Add(seconds);
            peak = Math.Max(peak, memory);
        }
        return new BenchResult(Name, Title, settings.Rows, Accounts.Pipe, peer, ours, peak, "");
    }
}
