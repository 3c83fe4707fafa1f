using System.Globalization;
using System.Text;
using TrueUp.Bench.Measuring;

namespace TrueUp.Bench.Benchmarks;

/// <summary>
/// How time and memory grow with the rows (a tenth, as many as asked, and 10,000,000), and how time grows with the
/// differences (10, 100, 1000). Medians; the table is the note.
/// </summary>
internal sealed class Growth : IBenchmark
{
    public string Name => "growth";

    public string Title => "how cost grows with rows and with differences";

    public bool IsDefault => false;

    public async Task<BenchResult> RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        await using var work = Workspace.Open();
        await work.StartPostgresAsync(cancellationToken);
        var text = new StringBuilder(
            "\n\n| rows | CSV → SQLite | PostgreSQL → PostgreSQL | run again, nothing changed |\n|---|---|---|---|\n"
        );
        var (times, worst) = (new List<double>(), 0.0);
        foreach (var rows in (long[])[settings.Rows / 10, settings.Rows, 10_000_000])
        {
            var csv = await work.AccountsCsvAsync(rows, cancellationToken);
            var source = await work.AccountsAsync(rows, cancellationToken);
            var files = new Samples();
            var servers = new Samples();
            var again = new Samples();
            for (var run = 0; run < settings.Runs; run++)
            {
                await Shell.BashAsync($"rm -f '{work.At("ours.db")}'*", cancellationToken);
                files.Add(await work.RunAsync(CsvToSqlite.Pipeline(work, csv), cancellationToken));
                await Accounts.NewDatabaseAsync(work, cancellationToken);
                servers.Add(await work.RunAsync(Accounts.Pipeline(work, source), cancellationToken));
                again.Add(await work.RunAsync(Accounts.Pipeline(work, source), cancellationToken, keepHome: true));
            }
            text.Append(CultureInfo.InvariantCulture, $"| {rows:N0} | {files} | {servers} | {again} |\n");
            worst = new[] { worst, files.Peak, servers.Peak, again.Peak }.Max();
            times.AddRange(servers.Seconds);
        }
        await DifferencesAsync(work, settings, text, cancellationToken);
        return new BenchResult(Name, Title, settings.Rows, "—", [], times, worst, text.ToString().TrimEnd());
    }

    private static async Task DifferencesAsync(
        Workspace work,
        BenchSettings settings,
        StringBuilder text,
        CancellationToken cancellationToken
    )
    {
        var source = await work.AccountsAsync(settings.Rows, cancellationToken);
        await Accounts.NewDatabaseAsync(work, cancellationToken);
        await work.RunAsync(Accounts.Pipeline(work, source), cancellationToken);
        text.Append(
            CultureInfo.InvariantCulture,
            $"\n| damaged rows of {settings.Rows:N0} | found, repaired, proven |\n|---|---|\n"
        );
        foreach (var rows in (int[])[0, 10, 100, 1000])
        {
            var samples = new Samples();
            for (var run = 0; run < settings.Runs; run++)
            {
                await Accounts.CorruptAsync(work, rows, run, cancellationToken);
                samples.Add(await work.RunAsync(Accounts.Pipeline(work, source), cancellationToken, keepHome: true));
            }
            text.Append(CultureInfo.InvariantCulture, $"| {rows} | {samples} |\n");
        }
    }

    private sealed class Samples
    {
        public List<double> Seconds { get; } = [];

        public double Peak { get; private set; }

        public void Add((double Seconds, double Peak, string Output) run)
        {
            Seconds.Add(run.Seconds);
            Peak = Math.Max(Peak, run.Peak);
        }

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Numbers.Median(Seconds):0.00} s, {Peak:0} MB");
    }
}
