using FsCheck;
using FsCheck.Fluent;
using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Store.Tests.Testing;

/// <summary>Pipelines, rows and outcomes to record.</summary>
internal static class Sample
{
    public static readonly string[] Keys = ["AA1", "AA2", "AA3", "(17,\"New York\")", "7"];

    public static PipelineDefinition Pipeline(string name = "sellers", AuditLevel audit = AuditLevel.Changes) => new()
    {
        Name = name,
        Source = new SideDefinition("csv"),
        Target = new SideDefinition("sqlite"),
        Audit = audit,
        File = "sellers.yaml",
        FileHash = "abc123",
    };

    public static RunStart Start(
        TestClock clock, string pipeline = "sellers", AuditLevel audit = AuditLevel.Changes,
        TriggerSource trigger = TriggerSource.Manual,
        bool verifyOnly = false) => new(Pipeline(pipeline, audit), trigger, "ada", verifyOnly, clock.Now);

    public static RunOutcome Outcome(IRunAudit run, TestClock clock, RunStatus status = RunStatus.Completed,
        string pipeline = "sellers") => new()
        {
            RunId = run.RunId,
            Pipeline = pipeline,
            StartedAt = clock.Now.AddSeconds(-3),
            FinishedAt = clock.Now,
            Status = status,
            Counts = new RunCounts { Source = 10, Target = 9, Created = 8, Skipped = 1 },
            Verification = new Verification
            {
                Verdict = status == RunStatus.Completed ? Verdict.Verified : Verdict.Failed,
            },
        };

    public static UnitOutcome Unit(string unit = "", RunStatus status = RunStatus.Completed) =>
        new(unit) { Status = status };

    /// <summary>Rows of a number and a name; the number is the key.</summary>
    public static RowBatch Rows(int first, int count)
    {
        var schema = new RowSchema([new Column("id", LogicalType.Int64), new Column("name", LogicalType.Text)], [0]);
        using var builder = new RowBatchBuilder(schema);
        for (var id = first; id < first + count; id++)
        {
            builder.BeginRow();
            builder.BeginField();
            schema.Codecs[0].TryParse(System.Text.Encoding.UTF8.GetBytes(id.ToString()), builder).ShouldBeTrue();
            builder.EndField();
            builder.WriteField("Ada"u8);
            builder.EndRow();
        }
        return builder.Build();
    }

    public static Gen<DifferenceList> Differences { get; } =
        from gaps in Gen.ListOf(Gen.Elements(Keys))
        from drift in Gen.ListOf(Gen.Elements(Keys))
        from extra in Gen.ListOf(Gen.Elements(Keys))
        select Of([.. gaps], [.. drift], [.. extra]);

    public static Gen<RunOutcome> Outcomes { get; } =
        from status in Gen.Elements(Enum.GetValues<RunStatus>())
        from verdict in Gen.Elements(Enum.GetValues<Verdict>())
        from numbers in Gen.Choose(0, 1_000_000).Select(n => (long)n).ArrayOf(8)
        from differences in Differences
        from failed in Gen.Elements(true, false)
        from seconds in Gen.Choose(0, 10_000)
        select new RunOutcome
        {
            RunId = "set by the test",
            Pipeline = "sellers",
            FinishedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddSeconds(seconds),
            StartedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
            Status = status,
            Counts = new RunCounts
            {
                Source = numbers[0] + numbers[6] + numbers[7],
                Target = numbers[1],
                Created = numbers[2],
                Updated = numbers[3],
                Deleted = numbers[4],
                Kept = numbers[5],
                Skipped = numbers[6],
                Failed = numbers[7],
            },
            Phases = new PhaseTimes(
                TimeSpan.FromMilliseconds(numbers[0]), TimeSpan.FromMilliseconds(numbers[1]),
                TimeSpan.FromMilliseconds(numbers[2]),
                TimeSpan.FromMilliseconds(numbers[3]), TimeSpan.FromMilliseconds(numbers[4])),
            Verification = Verified(verdict, differences, numbers[0]),
            Error = failed ? new RunError("source_shrank", "The source shrank.", "See why.", ErrorCause.Data,
                [new Finding("f", "m", "s") { Line = 3, Path = "source" }]) : null,
        };

    private static Verification Verified(Verdict verdict, DifferenceList differences, long number)
    {
        var issues = new KeyList<IntegrityIssue>();
        issues.Add(new IntegrityIssue("invalid_format", "AA9", "name", "The rule 'number format' does not hold."));
        return new Verification
        {
            Verdict = verdict,
            Differences = differences,
            Unproven = number,
            IntegrityIssues = issues,
            ResyncAttempted = 2,
            ResyncSucceeded = 1,
            Seed = -number,
            SourceDigest = new Digests.SetDigest(number, (Int128)number * long.MaxValue),
            SourcePosition = new SidePosition("file", "sha256:00"),
        };
    }

    private static DifferenceList Of(string[] gaps, string[] drift, string[] extra)
    {
        var list = new DifferenceList();
        Array.ForEach(gaps, list.Gaps.Add);
        Array.ForEach(drift, key =>
            list.Drift.Add(new Drift(key, [new ColumnDifference("name", "secret value", null)])));
        Array.ForEach(extra, list.Extra.Add);
        return list;
    }
}
