using System.Globalization;
using TrueUp.Cli.Output;
using TrueUp.Runs;

namespace TrueUp.Cli.Results;

/// <summary>
/// What an outcome means for the one who waits: the exit code, one sentence, and the error if it is one.
/// </summary>
internal static class RunVerdict
{
    /// <summary>The exit code of an outcome.</summary>
    public static int ExitCode(RunOutcome outcome) =>
        outcome switch
        {
            { Status: RunStatus.Cancelled } => ExitCodes.Cancelled,
            { Error.Cause: ErrorCause.Configuration } => ExitCodes.Usage,
            { Error.Cause: ErrorCause.Environment } => ExitCodes.Environment,
            { Error: not null } => ExitCodes.NotProven,
            // A dry run has nothing to prove: it said what it would do.
            { DryRun: true, VerifyOnly: false, Status: RunStatus.Completed } => ExitCodes.Success,
            { IsProven: true } => ExitCodes.Success,
            _ => ExitCodes.NotProven,
        };

    /// <summary>One sentence.</summary>
    public static string Summary(RunOutcome outcome)
    {
        var (counts, verification) = (outcome.Counts, outcome.Verification);
        var changed = Number($"{counts.Created:N0} created, {counts.Updated:N0} updated, {counts.Deleted:N0} deleted");
        if (outcome is { Error: not null, Status: not RunStatus.Cancelled })
        {
            return outcome.Error.Message;
        }
        return outcome switch
        {
            { Status: RunStatus.Cancelled } =>
                $"{outcome.Pipeline}: cancelled after {changed}; the next run goes on from there.",
            { DryRun: true, VerifyOnly: false } => $"{outcome.Pipeline}: would be {changed}; nothing was written.",
            { VerifyOnly: true, IsProven: true } => Number(
                $"{outcome.Pipeline}: verified, {counts.Target:N0} rows equal."
            ),
            { IsProven: true } => Number(
                $"{outcome.Pipeline}: {Name(verification.Verdict)}, {counts.Target:N0} rows; {changed}."
            ),
            { Verification.Verdict: Verdict.Incomplete } => Number(
                $"{outcome.Pipeline}: incomplete, {verification.Unproven:N0} records are in the dead letters; {changed}."
            ),
            { Verification.Verdict: Verdict.Pending } =>
                $"{outcome.Pipeline}: pending, records are being changed right now; {changed}.",
            _ => $"{outcome.Pipeline}: {Differs(verification.Differences)}",
        };
    }

    /// <summary>The error of an outcome that is not a success.</summary>
    public static ErrorBody? Error(RunOutcome outcome)
    {
        if (ExitCode(outcome) == ExitCodes.Success)
        {
            return null;
        }
        if (outcome is { Error: { } error, Status: not RunStatus.Cancelled })
        {
            return Body(error);
        }
        var summary = Summary(outcome);
        return outcome switch
        {
            { Status: RunStatus.Cancelled } => new ErrorBody("cancelled", summary, "Run it again when you like."),
            { Verification.Verdict: Verdict.Incomplete } => new ErrorBody(
                "incomplete",
                summary,
                "See `trueup dead-letters list`; correct the records in the source and run again, or allow some with verify.allow_unproven."
            ),
            { Verification.Verdict: Verdict.Pending } => new ErrorBody(
                "pending",
                summary,
                "Run again when the records are at rest."
            ),
            { VerifyOnly: true } => new ErrorBody("differs", summary, "Run the pipeline to repair it: trueup run."),
            _ => new ErrorBody(
                "differs",
                summary,
                "See result.verification; if something else writes to the target, stop it or use owns: to share the table."
            ),
        };
    }

    /// <summary>The JSON form of a run's error.</summary>
    public static ErrorBody Body(RunError error) =>
        new(error.Code, error.Message, error.Suggestion) { Findings = FindingBody.OfAll(error.Findings) };

    private static string Differs(DifferenceList differences) =>
        Number(
            $"not equal, {differences.Gaps.Total:N0} missing, {differences.Drift.Total:N0} different, {differences.Extra.Total:N0} extra."
        );

    private static string Name(Verdict verdict) => verdict.ToString().ToLowerInvariant();

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
