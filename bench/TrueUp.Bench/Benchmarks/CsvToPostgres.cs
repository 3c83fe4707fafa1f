using TrueUp.Bench.Measuring;

namespace TrueUp.Bench.Benchmarks;

/// <summary>A CSV file into PostgreSQL, typed, audited and proven, against <c>\copy</c> into the same table.</summary>
internal sealed class CsvToPostgres : IBenchmark
{
    public string Name => "csv-postgres";

    public string Title => "CSV → PostgreSQL, first load, proven";

    public async Task<BenchResult> RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        await using var work = Workspace.Open();
        await work.StartPostgresAsync(cancellationToken);
        var csv = await work.AccountsCsvAsync(settings.Rows, cancellationToken);
        List<double> peer = [],
            ours = [];
        var peak = 0.0;
        for (var run = 0; run < settings.Runs; run++)
        {
            await Accounts.NewTableAsync(work, cancellationToken, "pipe", "text");
            peer.Add(
                (
                    await Shell.BashAsync(
                        $"psql -qX '{Accounts.Url(work, "pipe")}' -c \"\\copy accounts from '{csv}' csv header\"",
                        cancellationToken
                    )
                ).Seconds
            );
            await Accounts.NewDatabaseAsync(work, cancellationToken);
            var (seconds, memory, _) = await work.RunAsync(Pipeline(work, csv), cancellationToken);
            ours.Add(seconds);
            peak = Math.Max(peak, memory);
        }
        return new BenchResult(Name, Title, settings.Rows, "psql \\copy", peer, ours, peak, "");
    }

    public static string Pipeline(Workspace work, string csv) =>
        $"name: bench\nsource: {{type: csv, path: {csv}}}\ntarget: {{type: postgres, connection: '{Accounts.Url(work)}', table: accounts}}\nkey: aid\n";
}
