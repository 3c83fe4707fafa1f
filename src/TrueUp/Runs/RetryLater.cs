namespace TrueUp.Runs;

/// <summary>Whether it makes sense to run a pipeline again later without anybody doing anything.</summary>
/// <param name="Reason">Why; the weightier one when there are both.</param>
/// <param name="Units">What such a run should be about (<see cref="RunOptions.Units"/>): empty for everything.</param>
public sealed record RetryLater(RetryReason Reason, IReadOnlyList<string> Units)
{
    /// <summary>It makes none.</summary>
    public static readonly RetryLater No = new(RetryReason.None, []);

    internal static RetryLater Of(RunOutcome outcome)
    {
        if (outcome is { DryRun: true } or { VerifyOnly: true } or { UndoneRun: not null })
        {
            return No;
        }
        if (outcome.Error is { } error && outcome.Units.All(u => u.Error != error))
        {
            return error.MayPass ? new RetryLater(RetryReason.Units, outcome.OnlyUnits) : No;
        }
        if (outcome.Status == RunStatus.Cancelled)
        {
            return No;
        }
        var failed = outcome.Units.Any(MayStillWork);
        var again = outcome.Units.Where(u => MayStillWork(u) || HasDeadLetters(u)).Select(u => u.Unit).ToList();
        if (again.Count == 0)
        {
            return No;
        }
        return new RetryLater(failed ? RetryReason.Units : RetryReason.DeadLetters, again is [""] ? [] : again);
    }

    // Without an error it is the proof that found differences which repair could not remove.
    private static bool MayStillWork(UnitOutcome unit) =>
        unit.Status == RunStatus.Failed && (unit.Error?.MayPass ?? true);

    private static bool HasDeadLetters(UnitOutcome unit) =>
        unit.Status == RunStatus.Completed && unit.Verification.Verdict == Verdict.Incomplete;
}
