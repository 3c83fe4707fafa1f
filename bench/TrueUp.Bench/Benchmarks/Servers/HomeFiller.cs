using System.Globalization;
using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Store;

namespace TrueUp.Bench.Benchmarks.Servers;

/// <summary>
/// Fills a home through the store's own classes as 10,000 runs of 1,000 pipelines within a week leave it: every
/// 40th run
/// logged 40,000 records, every 20th failed with ten errors, every 10th proved gaps and left dead letters.
/// </summary>
internal sealed class HomeFiller(TrueUpHome home, FillClock clock)
{
    public const int Runs = 10_000;
    public const int Pipelines = 1_000;
    public const long Records = Runs / LoggedEvery * (long)RecordsEach;

    /// <summary>The key every logged run has an entry of.</summary>
    public const string Key = "1";

    private const int LoggedEvery = 40;
    private const int RecordsEach = 40_000;
    private const int Wave = 50;

    private static readonly TimeSpan Span = TimeSpan.FromDays(7);
    private static readonly RowSchema Schema = new([new Column("id", new LogicalType(LogicalKind.Int64))], [0]);

    /// <summary>The last run that logged records.</summary>
    public string LoggedRun { get; private set; } = "";

    public async Task FillAsync(CancellationToken cancellationToken)
    {
        var rows = Batches();
        var from = TimeProvider.System.GetUtcNow() - Span;
        var step = Span / (Runs / Wave);
        for (var wave = 0; wave < Runs / Wave; wave++)
        {
            var numbers = Enumerable.Range(wave * Wave, Wave).ToArray();
            clock.Now = from + wave * step;
            var runs = await Task.WhenAll(numbers.Select(number => StartAsync(number, cancellationToken)));
            clock.Now += TimeSpan.FromSeconds(30);
            await Task.WhenAll(numbers.Zip(runs, (n, run) => CompleteAsync(n, run, rows, cancellationToken)));
        }
        rows.ForEach(batch => batch.Dispose());
        clock.Now = null;
    }

    private static PipelineDefinition Pipeline(int number) =>
        new()
        {
            Name = ServerHome.Name(number % Pipelines),
            Source = new SideDefinition("csv"),
            Target = new SideDefinition("sqlite"),
            Audit = AuditLevel.All,
        };

    private async Task<IRunAudit> StartAsync(int number, CancellationToken cancellationToken) =>
        await home.Audit.StartAsync(
            new RunStart(Pipeline(number), TriggerSource.Scheduled, null, VerifyOnly: false, clock.GetUtcNow()),
            cancellationToken
        );

    private async Task CompleteAsync(
        int number,
        IRunAudit run,
        List<RowBatch> rows,
        CancellationToken cancellationToken
    )
    {
        // Pipelines come round every thousand runs: not always the same ones fail.
        var turn = number + number / Pipelines;
        var isFailed = turn % 20 == 0;
        await using (run)
        {
            if (number % LoggedEvery == 0)
            {
                rows.ForEach(batch => run.Records("", RecordOperation.Create, batch, bulk: true));
                LoggedRun = run.RunId;
            }
            else
            {
                run.Record("", RecordOperation.Update, number.ToString(CultureInfo.InvariantCulture), null);
            }
            for (var i = 0; isFailed && i < 10; i++)
            {
                await run.ErrorAsync(
                    new AuditError("", ErrorType.Network, Severity.High, "The source does not answer.", "Try again."),
                    cancellationToken
                );
            }
            if (turn % 10 == 5)
            {
                await MarkAsync(run, number, cancellationToken);
            }
            var outcome = Outcome(number, run.RunId, isFailed);
            foreach (var unit in outcome.Units)
            {
                await run.UnitAsync(unit, cancellationToken);
            }
            await run.CompleteAsync(outcome, cancellationToken);
        }
    }

    private static async Task MarkAsync(IRunAudit run, int number, CancellationToken cancellationToken)
    {
        var differences = new DifferenceList();
        for (var i = 0; i < 5; i++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{number}-{i}");
            differences.Gaps.Add(key);
            await run.DeadLetterAsync(
                new DeadLetter("", key, "not_a_number", "`price` is not a number.") { Column = "price", Raw = "1,a,b" },
                cancellationToken
            );
        }
        await run.GapsAsync("", differences, cancellationToken);
    }

    private RunOutcome Outcome(int number, string id, bool isFailed)
    {
        var counts = new RunCounts
        {
            Source = 1000 + number,
            Target = 1000 + number,
            Updated = 10,
        };
        var proof = new Verification { Verdict = isFailed ? Verdict.Failed : Verdict.Verified };
        var times = new PhaseTimes(default, default, default, default, TimeSpan.FromSeconds(1 + number % 29));
        var status = isFailed ? RunStatus.Failed : RunStatus.Completed;
        string[] units = number % 10 == 0 ? ["customers", "items", "orders"] : [""];
        return new RunOutcome
        {
            RunId = id,
            Pipeline = ServerHome.Name(number % Pipelines),
            Status = status,
            Counts = counts,
            Verification = proof,
            Phases = times,
            StartedAt = clock.GetUtcNow() - times.Total,
            FinishedAt = clock.GetUtcNow(),
            Units =
            [
                .. units.Select(unit => new UnitOutcome(unit)
                {
                    Status = status,
                    Counts = counts,
                    Verification = proof,
                    Phases = times,
                }),
            ],
            Error = isFailed
                ? new RunError(
                    "cannot_connect",
                    "The source does not answer.",
                    "Try again.",
                    ErrorCause.Environment,
                    []
                )
                : null,
        };
    }

    private static List<RowBatch> Batches()
    {
        using var builder = new RowBatchBuilder(Schema);
        var batches = new List<RowBatch>();
        for (var i = 1; i <= RecordsEach; i++)
        {
            builder.BeginRow();
            builder.BeginField();
            Schema
                .Codecs[0]
                .TryParse(System.Text.Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture)), builder);
            builder.EndField();
            builder.EndRow();
            if (builder.IsFull)
            {
                batches.Add(builder.Build());
            }
        }
        batches.Add(builder.Build());
        return batches;
    }
}
