using TrueUp.Pipelines;
using TrueUp.Runs;

namespace TrueUp.Testing.Simulation;

/// <summary>Holds what a run says when it has ended against what is really there.</summary>
internal sealed class RunReferee(Action<string> violate)
{
    // Errors that a run may end with when the world is as bad as it is here; any other would be a mistake of the
    // engine.
    private static readonly HashSet<string> Expected =
    [
        "fenced",
        "source_shrank",
        "source_changed",
        .. SimulatedErrors.Codes,
    ];

    public void Ended(SimulatedRun run, RunOutcome outcome)
    {
        Check(
            run,
            outcome.Counts.Created == run.Acknowledged[0]
                && outcome.Counts.Updated == run.Acknowledged[1]
                && outcome.Counts.Deleted == run.Acknowledged[2]
                || run.ReadOnly,
            $"counts {outcome.Counts} and acknowledged {string.Join('/', run.Acknowledged)}"
        );
        if (outcome.Error is { } error)
        {
            Check(
                run,
                Expected.Contains(error.Code)
                    || (error.Code == "target_missing" && run is { ReadOnly: true, Target.Count: 0 }),
                $"ended with {error.Code}: {error.Message}"
            );
            Check(
                run,
                error.Message.Length > 0 && error.Suggestion.Length > 0,
                $"{error.Code} does not say what to do"
            );
            Check(run, outcome.Verification.Verdict == Verdict.Failed, $"{outcome.Verification.Verdict} with an error");
            Check(
                run,
                error.Code != "source_shrank" || run.Pipeline.Mode == SyncMode.Mirror,
                "refused to delete though it would not"
            );
        }
        else if (outcome.Status != RunStatus.Cancelled)
        {
            Judge(run, outcome);
        }
        else
        {
            Check(run, run.Cancellation.IsCancellationRequested, "called itself cancelled and nobody had cancelled it");
        }
    }

    private void Judge(SimulatedRun run, RunOutcome outcome)
    {
        if (run.Source is not { } source)
        {
            violate($"run {run.Number} came to a verdict without opening its source");
            return;
        }
        var judgement = Judgement.Of(run.Pipeline, source, run.Target, run.Refused);
        var unproven = source.SetApart.Count + run.Refused.Count;
        var verdict = outcome.Verification.Verdict;
        Check(
            run,
            verdict is Verdict.Verified or Verdict.Repaired or Verdict.Incomplete == judgement.Holds,
            $"{verdict}, and really {judgement}"
        );
        Check(
            run,
            !judgement.Holds
                || verdict == Verdict.Incomplete == !run.Pipeline.Verify.AllowUnproven.Accepts(unproven, source.Total),
            $"{verdict} with {unproven} unproven records of {source.Total}"
        );
        var found = outcome.Verification.Differences;
        Check(
            run,
            (found.Gaps.Total, found.Drift.Total, found.Extra.Total)
                == (judgement.Gaps, judgement.Drift, judgement.Extra),
            $"found {found.Gaps.Total}/{found.Drift.Total}/{found.Extra.Total}, and really {judgement}"
        );
        var counts = outcome.Counts;
        Check(
            run,
            counts.Source == source.Total
                && counts.Target == run.Target.Count(t => t.Value.IsOwned)
                && counts.Skipped == source.SetApart.Count
                && counts.Failed == run.Refused.Count
                && counts.Kept >= judgement.Kept,
            $"counts {counts}, and really {source.Total} records, {source.SetApart.Count} set apart, {judgement}"
        );
        CheckLetters(run, source);
    }

    // Whatever is not synchronised is a dead letter.
    private void CheckLetters(SimulatedRun run, SourceView source)
    {
        var letters = run.Audit.DeadLetters;
        var places = letters.Select(l => l.Ordinal).ToHashSet();
        Check(run, source.SetApart.TrueForAll(places.Contains), "a record was set apart without a dead letter");
        Check(
            run,
            letters.TrueForAll(l => l.Reason.Length > 0)
                && letters.Count(l => l.Issue == "refused_by_target") >= run.Refused.Count,
            "a record was refused without a dead letter"
        );
    }

    private void Check(SimulatedRun run, bool holds, string what)
    {
        if (!holds)
        {
            violate($"run {run.Number}: {what}");
        }
    }
}
