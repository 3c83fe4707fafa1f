using System.Globalization;
using TrueUp.Bench.Measuring;

namespace TrueUp.Bench.Benchmarks;

/// <summary>
/// PostgreSQL into PostgreSQL, copied and proven, against the raw binary COPY pipe into the same table with its key
/// (G1),
/// and what the proof adds (G3).
/// </summary>
internal sealed class PostgresToPostgres : IBenchmark
{
    public string Name => "postgres-postgres";

    public string Title => "PostgreSQL → PostgreSQL, first load, proven";

    public async Task<BenchResult> RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        await using var work = Workspace.Open();
        await work.StartPostgresAsync(cancellationToken);
        var source = await work.AccountsAsync(settings.Rows, cancellationToken);
        List<double> peer = [],
            ours = [],
            shares = [];
        var peak = 0.0;
        for (var run = 0; run < settings.Runs; run++)
        {
            peer.Add(await Accounts.PipeAsync(work, source, cancellationToken));
            await Accounts.NewDatabaseAsync(work, cancellationToken);
            var (seconds, memory, output) = await work.RunAsync(Accounts.Pipeline(work, source), cancellationToken);
            ours.Add(seconds);
            shares.Add(Accounts.Number(output, "phases", "verify_ms") / (seconds * 1000));
            peak = Math.Max(peak, memory);
        }
        var note = string.Create(
            CultureInfo.InvariantCulture,
            $"the verify phase is {Numbers.Median(shares):P1} of the wall time (median; goal 10 %): both digests run while the key's index is built."
        );
        return new BenchResult(Name, Title, settings.Rows, Accounts.Pipe, peer, ours, peak, note);
    }
}
