using TrueUp.Bench.Measuring;

namespace TrueUp.Bench.Benchmarks;

/// <summary>
/// Peak memory of a first load at a tenth of the rows, the rows, and (asked for by name) as many as asked.
/// </summary>
internal sealed class MemoryGrowth : IBenchmark
{
    public string Name => "memory";

    public string Title => "peak memory of CSV → SQLite and PostgreSQL → PostgreSQL";

    public bool IsDefault => false;

    public async Task<BenchResult> RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        await using var work = Workspace.Open();
        await work.StartPostgresAsync(cancellationToken);
        var note = "";
        var worst = 0.0;
        List<double> times = [];
        foreach (var rows in (long[])[settings.Rows / 10, settings.Rows])
        {
            var csv = await work.AccountsCsvAsync(rows, cancellationToken);
            await Shell.BashAsync($"rm -f '{work.At("ours.db")}'*", cancellationToken);
            var files = await work.RunAsync(
                $"name: bench\nsource: {{type: csv, path: {csv}}}\ntarget: {{type: sqlite, path: {work.At("ours.db")}, table: accounts}}\nkey: aid\n",
                cancellationToken
            );
            await PostgresToPostgres.EmptyTargetAsync(work, cancellationToken);
            var servers = await work.RunAsync(
                PostgresToPostgres.Pipeline(work, await work.AccountsAsync(rows, cancellationToken)),
                cancellationToken
            );
            note +=
                $"{rows:N0} rows: CSV → SQLite {files.Peak:0} MB in {files.Seconds:0.0} s, PostgreSQL → PostgreSQL {servers.Peak:0} MB in {servers.Seconds:0.0} s. ";
            worst = Math.Max(worst, Math.Max(files.Peak, servers.Peak));
            times.Add(files.Seconds + servers.Seconds);
        }
        return new BenchResult(Name, Title, settings.Rows, "—", [], times, worst, note.Trim());
    }
}
