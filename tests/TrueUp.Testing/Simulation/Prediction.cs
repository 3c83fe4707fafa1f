using TrueUp.Pipelines;
using TrueUp.Runs;

namespace TrueUp.Testing.Simulation;

/// <summary>What an undisturbed run has to come to.</summary>
internal static class Prediction
{
    /// <summary>The verdicts that are right; the first is what a run after that one comes to.</summary>
    public static IReadOnlyList<Verdict> Of(PipelineDefinition pipeline, SimulatedWorld world)
    {
        var unproven = world.Source.SetApart.Count;
        foreach (var (key, row) in world.Source.Valid)
        {
            var isThere = world.Target.TryGetValue(key, out var there);
            if (isThere && there == row)
            {
                continue;
            }
            if (isThere && there.IsOwned && pipeline.Mode == SyncMode.Append)
            {
                // A row that was changed is reported and never overwritten.
                return [Verdict.Failed];
            }
            var isKept = isThere && there.IsOwned && pipeline.UpdatedAt is not null && there.Stamp > row.Stamp;
            if (world.IsRefused(row))
            {
                unproven += isKept ? 0 : 1;
            }
            else if (isThere && !there.IsOwned)
            {
                // Somebody else's row has the key.
                return [Verdict.Failed];
            }
        }
        return pipeline.Verify.AllowUnproven.Accepts(unproven, world.Source.Total)
            ? [Verdict.Verified, Verdict.Repaired]
            : [Verdict.Incomplete];
    }
}
