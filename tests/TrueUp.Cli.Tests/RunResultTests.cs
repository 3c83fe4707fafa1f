using System.Text.Json;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Results;
using TrueUp.Pipelines;
using TrueUp.Runs;

namespace TrueUp.Cli.Tests;

public sealed class RunResultTests
{
    private static RunOutcome Outcome(Verdict verdict, RunError? error = null, string unit = "")
    {
        var verification = new Verification
        {
            Verdict = verdict,
            Unproven = 1,
            ResyncAttempted = 2,
            ResyncSucceeded = 1,
        };
        verification.Differences.Gaps.Add("AA12679");
        verification.Differences.Drift.Add(new Drift("AA10001", [new ColumnDifference("name", "Zoë", null)]));
        verification.Differences.Extra.Add("AA99999");
        verification.IntegrityIssues.Add(
            new IntegrityIssue("invalid_format", "X1", "seller_number", "number format: X1")
        );
        var counts = new RunCounts
        {
            Source = 5,
            Target = 4,
            Created = 3,
            Updated = 2,
            Deleted = 1,
            Skipped = 6,
            Kept = 7,
            Failed = 8,
        };
        var phases = new PhaseTimes(
            TimeSpan.FromMilliseconds(1),
            TimeSpan.FromMilliseconds(2),
            TimeSpan.FromMilliseconds(3),
            TimeSpan.FromMilliseconds(4),
            TimeSpan.FromMilliseconds(10.6)
        );
        return new RunOutcome
        {
            RunId = "01KAJ3T8000000000000000000",
            Pipeline = "sellers",
            Status = RunStatus.Completed,
            Counts = counts,
            Verification = verification,
            Phases = phases,
            Error = error,
            Units =
            [
                new UnitOutcome(unit)
                {
                    Status = RunStatus.Completed,
                    Counts = counts,
                    Verification = verification,
                    Phases = phases,
                    Error = error,
                    Warnings = [new Finding("column_ignored", "No column.", "Add it.") { IsError = false, Path = "x" }],
                },
            ],
        };
    }

    private static string Json(RunOutcome outcome) =>
        JsonSerializer.Serialize(
            new Envelope(
                "run",
                RunVerdict.ExitCode(outcome) == 0,
                RunVerdict.Summary(outcome),
                JsonSerializer.SerializeToElement(
                    RunResult.Of(outcome, 9, "/data/receipts/r.json"),
                    CliJson.Shared.RunResult
                ),
                RunVerdict.Error(outcome)
            ),
            CliJson.Shared.Envelope
        );

    [Fact]
    public void The_result_of_a_run_has_the_promised_shape() =>
        Golden.ShouldMatch("result-run.json", Json(Outcome(Verdict.Failed)) + "\n");

    [Fact]
    public void The_result_of_a_run_with_units_lists_them() =>
        Golden.ShouldMatch(
            "result-units.json",
            Json(
                Outcome(
                    Verdict.Failed,
                    new RunError("source_shrank", "The source shrank.", "Look.", ErrorCause.Data, []),
                    "public.orders"
                )
            ) + "\n"
        );

    [Theory]
    [InlineData(Verdict.Verified, 0, null)]
    [InlineData(Verdict.Repaired, 0, null)]
    [InlineData(Verdict.Incomplete, 1, "incomplete")]
    [InlineData(Verdict.Pending, 1, "pending")]
    [InlineData(Verdict.Failed, 1, "differs")]
    public void The_verdict_decides_the_exit_code(Verdict verdict, int code, string? error)
    {
        var outcome = Outcome(verdict);

        RunVerdict.ExitCode(outcome).ShouldBe(code);
        RunVerdict.Error(outcome)?.Code.ShouldBe(error);
        (RunVerdict.Error(outcome) is null).ShouldBe(error is null);
    }

    [Theory]
    [InlineData(ErrorCause.Data, ExitCodes.NotProven)]
    [InlineData(ErrorCause.Configuration, ExitCodes.Usage)]
    [InlineData(ErrorCause.Environment, ExitCodes.Environment)]
    public void The_cause_of_an_error_decides_before_the_verdict(ErrorCause cause, int code)
    {
        var outcome = Outcome(Verdict.Verified, new RunError("some_code", "It failed.", "Do this.", cause, []));

        RunVerdict.ExitCode(outcome).ShouldBe(code);
        RunVerdict.Error(outcome).ShouldNotBeNull().Code.ShouldBe("some_code");
        RunVerdict.Summary(outcome).ShouldBe("It failed.");
    }

    [Fact]
    public void A_cancelled_run_exits_130_whatever_else_it_says() =>
        RunVerdict
            .ExitCode(Outcome(Verdict.Failed) with { Status = RunStatus.Cancelled })
            .ShouldBe(ExitCodes.Cancelled);

    [Fact]
    public void A_dry_run_that_could_look_is_a_success() =>
        RunVerdict.ExitCode(Outcome(Verdict.Pending) with { DryRun = true }).ShouldBe(ExitCodes.Success);

    [Fact]
    public void What_was_repaired_is_listed_when_nothing_differs_any_more()
    {
        var outcome = Outcome(Verdict.Repaired);
        outcome = outcome with
        {
            Verification = outcome.Verification with
            {
                Differences = new DifferenceList(),
                Repaired = outcome.Verification.Differences,
            },
        };

        var body = VerificationBody.Of(outcome.Verification);

        body.Gaps.ShouldBe(["AA12679"]);
        body.Drift.ShouldHaveSingleItem().Columns.ShouldBe([new ColumnBody("name", "Zoë", null)]);
        body.ExtraTotal.ShouldBe(1);
    }
}
