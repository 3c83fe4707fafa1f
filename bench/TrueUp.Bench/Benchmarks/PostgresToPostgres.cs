using TrueUp.Bench.Measuring;

namespace TrueUp.Bench.Benchmarks;

/// <summary>
/// PostgreSQL into PostgreSQL, copied and proven, against the raw binary COPY pipe into the same table with its key.
/// </summary>
internal sealed class PostgresToPostgres : IBenchmark
{
    public string Name => "postgres-postgres";

    public string Title => "PostgreSQL → PostgreSQL, first load, proven";

    public static string TargetUrl(Workspace work) =>
        work.Url.Replace("/postgres", "/target", StringComparison.Ordinal);

    /// <summary>The table that both sides of the ratio fill: same columns, same key, empty, checkpointed.</summary>
    public static async Task EmptyTargetAsync(
        Workspace work,
        CancellationToken cancellationToken,
        string filler = "char(84)"
    ) =>
        await Shell.BashAsync(
            $"psql -qX '{work.Url}' -c 'drop database if exists target' -c 'create database target' && psql -qX '{TargetUrl(work)}' "
                + $"-c 'create table accounts(aid int primary key, bid int, abalance int, filler {filler})' -c checkpoint",
            cancellationToken
        );

    public static string Pipeline(Workspace work, string source) =>
        $"name: bench\nsource: {{type: postgres, connection: '{source}', table: pgbench_accounts}}\n"
        + $"target: {{type: postgres, connection: '{TargetUrl(work)}', table: accounts}}\n";

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
            await EmptyTargetAsync(work, cancellationToken);
            peer.Add(
                (
                    await Shell.BashAsync(
                        $"psql -qX '{source}' -c 'copy pgbench_accounts to stdout (format binary)' | psql -qX '{TargetUrl(work)}' -c 'copy accounts from stdin (format binary)'",
                        cancellationToken
                    )
                ).Seconds
            );
            await EmptyTargetAsync(work, cancellationToken);
            var (seconds, memory, _) = await work.RunAsync(Pipeline(work, source), cancellationToken);
            ours.Add(seconds);
            peak = Math.Max(peak, memory);
        }
        return new BenchResult(
            Name,
            Title,
            settings.Rows,
            "psql copy binary \\| psql copy binary",
            peer,
            ours,
            peak,
            ""
        );
    }
}
