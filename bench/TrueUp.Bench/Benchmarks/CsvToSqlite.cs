using TrueUp.Bench.Measuring;

namespace TrueUp.Bench.Benchmarks;

/// <summary>
/// A CSV file into SQLite, typed, audited and proven, against <c>sqlite3 .import</c> into the same table.
/// </summary>
internal sealed class CsvToSqlite : IBenchmark
{
    public string Name => "csv-sqlite";

    public string Title => "CSV → SQLite, first load, proven";

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
            var theirs = work.At("peer.db");
            await Shell.BashAsync(
                $"rm -f '{theirs}'* && sqlite3 '{theirs}' 'create table accounts(aid integer primary key, bid integer, abalance integer, filler text)' && sync",
                cancellationToken
            );
            peer.Add(
                (
                    await Shell.BashAsync(
                        $"sqlite3 '{theirs}' '.mode csv' '.import --skip 1 {csv} accounts'",
                        cancellationToken
                    )
                ).Seconds
            );
            await Shell.BashAsync($"rm -f '{work.At("ours.db")}'* && sync", cancellationToken);
            var (seconds, memory, _) = await work.RunAsync(Pipeline(work, csv), cancellationToken);
            ours.Add(seconds);
            peak = Math.Max(peak, memory);
        }
        return new BenchResult(Name, Title, settings.Rows, "sqlite3 .import", peer, ours, peak, "");
    }

    public static string Pipeline(Workspace work, string csv) =>
        $"name: bench\nsource: {{type: csv, path: {csv}}}\ntarget: {{type: sqlite, path: {work.At("ours.db")}, table: accounts}}\nkey: aid\n";
}
