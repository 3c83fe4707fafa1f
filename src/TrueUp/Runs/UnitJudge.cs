using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>Says what a unit's loop came to: verdict, counts and what was proven.</summary>
internal sealed class UnitJudge(UnitContext context, UnitPlan plan, IRowSet rows, RunLedger ledger)
{
    /// <summary>Whether the target was no longer what the proof before this run had left.</summary>
    public bool IsAltered { get; set; }

    /// <summary>What was wrong with an altered target.</summary>
    public DifferenceList Repaired { get; set; } = new();

    /// <summary>The outcome after the last comparison.</summary>
    /// <param name="found">What it found.</param>
    /// <param name="position">What the target was read at.</param>
    /// <param name="written">Rows created, updated and deleted.</param>
    public UnitOutcome Outcome(Found found, SidePosition position, long[] written)
    {
        var unproven = ledger.Skipped + ledger.Refused;
        var verdict = Judge(unproven, found);
        var resyncs = ledger.Tally.Resyncs;
        return new UnitOutcome(context.Unit.Name)
        {
            Status = verdict == Verdict.Failed && !context.ReadOnly ? RunStatus.Failed : RunStatus.Completed,
            Warnings = plan.Warnings,
            Counts = new RunCounts
            {
                Source = found.Comparison.SourceTotal.Count + ledger.Skipped,
                Target = found.Comparison.TargetTotal.Count,
                Created = written[0],
                Updated = written[1],
                Deleted = written[2],
                Skipped = ledger.Skipped,
                Kept = ledger.Kept,
                Failed = ledger.Refused,
            },
            Verification = new Verification
            {
                Verdict = verdict,
                Differences = found.Differences,
                Repaired = Repaired,
                Unproven = unproven,
                IntegrityIssues = ledger.Issues,
                ResyncAttempted = resyncs,
                ResyncSucceeded = found.Holds ? resyncs : Math.Max(resyncs - 1, 0),
                Seed = found.Comparison.Seed,
                SourceDigest = found.Comparison.SourceTotal,
                TargetDigest = found.Comparison.TargetTotal,
                Parts = found.Comparison.Source,
                SourcePosition = rows.Position,
                TargetPosition = position,
            },
        };
    }

    private Verdict Judge(long unproven, Found found)
    {
        if (!found.Holds)
        {
            return context.Options.DryRun ? Verdict.Pending : Verdict.Failed;
        }
        var allowed = context.Pipeline.Verify.AllowUnproven;
        if (!allowed.Accepts(unproven, found.Comparison.SourceTotal.Count + ledger.Skipped))
        {
            return Verdict.Incomplete;
        }
        return IsAltered || ledger.Tally.Resyncs > 0 ? Verdict.Repaired : Verdict.Verified;
    }
}
