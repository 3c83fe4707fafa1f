using System.Globalization;
using TrueUp.Bench.Measuring;

namespace TrueUp.Bench.Benchmarks;

/// <summary>
/// What <c>audit: changes</c> costs a run that changes one row in a hundred, against the same run that logs failures
/// alone
/// (G11).
/// </summary>
internal sealed class AuditChanges : IBenchmark
{
    public string Name => "audit-changes";

    public string Title => "a run that changes 1 % of the rows, with audit: changes";

    public bool IsDefault => false;

    public async Task<BenchResult> RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        await using var work = Workspace.Open();
        await work.StartPostgresAsync(cancellationToken);
        var source = await work.AccountsAsync(settings.Rows, cancellationToken);
        await Accounts.NewDatabaseAsync(work, cancellationToken);
        await work.RunAsync(Accounts.Pipeline(work, source), cancellationToken);
        List<double> without = [],
            with = [];
        var peak = 0.0;
        for (var run = 0; run < settings.Runs; run++)
        {
            // Which of the two comes first changes, since the second finds a table that was written to once more.
            foreach (var logs in run % 2 == 0 ? (bool[])[false, true] : [true, false])
            {
                await Shell.BashAsync(
                    $"psql -qX '{Accounts.Url(work)}' -c 'update accounts set abalance = abalance + 1 where aid % 100 = {run}' -c 'vacuum accounts' -c checkpoint",
                    cancellationToken
                );
                var (seconds, memory, _) = await work.RunAsync(
                    Accounts.Pipeline(work, source, $"audit: {{records: {(logs ? "changes" : "failures")}}}\n"),
                    cancellationToken,
                    keepHome: true
                );
                (logs ? with : without).Add(seconds);
                peak = Math.Max(peak, memory);
            }
        }
        var note = string.Create(
            CultureInfo.InvariantCulture,
            $"{settings.Rows / 100:N0} rows updated in each run (goal: ratio 1.05)."
        );
        return new BenchResult(Name, Title, settings.Rows, "audit: failures", without, with, peak, note);
    }
}
