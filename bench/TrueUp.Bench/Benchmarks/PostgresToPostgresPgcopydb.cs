using TrueUp.Bench.Measuring;

namespace TrueUp.Bench.Benchmarks;

/// <summary>
/// The same against <c>pgcopydb clone</c>, which copies with two jobs and builds the index afterwards (G2).
/// </summary>
internal sealed class PostgresToPostgresPgcopydb : IBenchmark
{
    public string Name => "postgres-postgres-pgcopydb";

    public string Title => "PostgreSQL → PostgreSQL, first load, proven";

    public bool IsDefault => false;

    public async Task<BenchResult> RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        await using var work = Workspace.Open();
        await work.StartPostgresAsync(cancellationToken);
        var source = await work.AccountsAsync(settings.Rows, cancellationToken);
        List<double> peer = [],
            ours = [];
        var peak = 0.0;
        for (var run = 0; run < settings.Runs; run++)
        {
            await Accounts.NewDatabaseAsync(work, cancellationToken, "pipe");
            var folder = work.At("pgcopydb");
            peer.Add(
                (
                    await Shell.BashAsync(
                        $"rm -rf '{folder}' && pgcopydb clone --dir '{folder}' --table-jobs 2 --index-jobs 2 --source '{source}' --target '{Accounts.Url(work, "pipe")}' >/dev/null 2>&1",
                        cancellationToken
                    )
                ).Seconds
            );
            await Accounts.NewDatabaseAsync(work, cancellationToken);
            var (seconds, memory, _) = await work.RunAsync(Accounts.Pipeline(work, source), cancellationToken);
            ours.Add(seconds);
            peak = Math.Max(peak, memory);
        }
        return new BenchResult(
            Name,
            Title,
            settings.Rows,
            "pgcopydb clone",
            peer,
            ours,
            peak,
            "the peer also copies pgbench's three small tables, 331 rows in all at 3,000,000 accounts."
        );
    }
}
