using TrueUp.Bench.Measuring;

namespace TrueUp.Bench.Benchmarks;

/// <summary>A CSV file into PostgreSQL, typed, audited and proven, against pgloader (G4).</summary>
internal sealed class CsvToPostgresPgloader : IBenchmark
{
    public string Name => "csv-postgres-pgloader";

    public string Title => "CSV → PostgreSQL, first load, proven";

    public bool IsDefault => false;

    public async Task<BenchResult> RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        await using var work = Workspace.Open();
        await work.StartPostgresAsync(cancellationToken);
        var csv = await work.AccountsCsvAsync(settings.Rows, cancellationToken);
        var script = work.At("accounts.load");
        await File.WriteAllTextAsync(
            script,
            $"""
            load csv from '{csv}' (aid, bid, abalance, filler)
              into {Accounts.Url(work, "pipe").Replace(
                "postgres://",
                "postgresql://",
                StringComparison.Ordinal
            )}?tablename=accounts (aid, bid, abalance, filler)
              with skip header = 1, fields optionally enclosed by '"', fields terminated by ',';
            """,
            cancellationToken
        );
        List<double> peer = [],
            ours = [];
        var peak = 0.0;
        for (var run = 0; run < settings.Runs; run++)
        {
            await Accounts.NewTableAsync(work, cancellationToken, "pipe", "text");
            peer.Add((await Shell.BashAsync($"pgloader '{script}' >/dev/null", cancellationToken)).Seconds);
            await Accounts.NewDatabaseAsync(work, cancellationToken);
            var (seconds, memory, _) = await work.RunAsync(CsvToPostgres.Pipeline(work, csv), cancellationToken);
            ours.Add(seconds);
            peak = Math.Max(peak, memory);
        }
        return new BenchResult(Name, Title, settings.Rows, "pgloader", peer, ours, peak, "");
    }
}
