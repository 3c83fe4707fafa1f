using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Store.Database;
using TrueUp.Store.Queries;

namespace TrueUp.Store.Audit;

/// <summary>Turns outcomes into parameters of their statements.</summary>
internal static class OutcomeRows
{
    /// <summary>A row of <c>sync_unit_results</c>.</summary>
    public static object Unit(
        string runId,
        string pipeline,
        UnitOutcome outcome,
        RunTally tally,
        ControlDatabase database,
        object now
    )
    {
        var (successes, failures) = Count(outcome.Status, outcome.Counts);
        return new
        {
            runId,
            pipeline,
            unit = outcome.Unit,
            success = outcome.Status == RunStatus.Completed,
            processed = successes + failures,
            duration = outcome.Phases.Total.TotalSeconds,
            message = database.Text(Redaction.CleanOrNull(outcome.Error?.Message)),
            type = outcome.Error is null ? null : tally.LastError(outcome.Unit).ToString().ToUpperInvariant(),
            retries = tally.Retries(outcome.Unit),
            status = Lower(outcome.Status),
            verdict = Lower(outcome.Verification.Verdict),
            counts = StoreJson.Write(outcome.Counts),
            verification = StoreJson.Write(VerificationResult.Of(outcome.Verification)),
            warnings = StoreJson.Write(Clean(outcome.Warnings)),
            now,
        };
    }

    /// <summary>
    /// The end of a run: its row of <c>sync_audit_logs</c>, and what <c>sync_metrics</c> and <c>sync_status</c> say.
    /// </summary>
    public static object Run(
        string runId,
        string pipeline,
        RunOutcome outcome,
        RunTally tally,
        ControlDatabase database,
        object now
    )
    {
        var (successes, failures) = Count(outcome.Status, outcome.Counts);
        var seconds = (outcome.FinishedAt - outcome.StartedAt).TotalSeconds;
        var processed = successes + failures;
        return new
        {
            runId,
            pipeline,
            finishedAt = database.Time(outcome.FinishedAt),
            status = Lower(outcome.Status),
            success = outcome.Status == RunStatus.Completed,
            successes,
            failures,
            processed,
            verification = StoreJson.Write(VerificationResult.Of(outcome.Verification, outcome.OnlyUnits)),
            verdict = Lower(outcome.Verification.Verdict),
            dryRun = outcome.DryRun,
            counts = StoreJson.Write(outcome.Counts),
            phases = StoreJson.Write(PhaseDurations.Of(outcome.Phases)),
            seconds,
            memoryMb = Environment.WorkingSet / (double)(1 << 20),
            errorCode = outcome.Error?.Code,
            errorMessage = database.Text(Redaction.CleanOrNull(outcome.Error?.Message)),
            errorSuggestion = database.Text(Redaction.CleanOrNull(outcome.Error?.Suggestion)),
            findings = outcome.Error is null ? null : StoreJson.Write(Clean(outcome.Error.Findings)),
            selfTest = outcome.SelfTest is null ? null : StoreJson.Write(outcome.SelfTest),
            throughput = StoreJson.Write(
                new { records = processed, records_per_second = seconds > 0 ? processed / seconds : 0 }
            ),
            errors = StoreJson.Write(tally.Errors()),
            now,
        };
    }

    /// <summary>
    /// Records that are as they should be, and records that are not. A run that went through answers for all it read
    /// and what it deleted; one that did not, only for what it did.
    /// </summary>
    private static (long Successes, long Failures) Count(RunStatus status, RunCounts counts)
    {
        var failures = counts.Skipped + counts.Failed;
        return status == RunStatus.Completed
            ? (Math.Max(0, counts.Source - failures) + counts.Deleted, failures)
            : (counts.Created + counts.Updated + counts.Deleted + counts.Kept, failures);
    }

    private static IEnumerable<Finding> Clean(IReadOnlyList<Finding> findings) =>
        findings.Select(finding =>
            finding with
            {
                Message = Redaction.Clean(finding.Message),
                Suggestion = Redaction.Clean(finding.Suggestion),
            }
        );

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
