using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Sides;
using TrueUp.Testing.Memory;

namespace TrueUp.Testing.Simulation;

/// <summary>
/// Looks at the target after every commit: it must hold what it held before and exactly the changes that the mode
/// allows
/// this run to make.
/// </summary>
internal sealed class CommitReferee(SimulatedWorld world, Action<string> violate)
{
    private const long AlwaysAllowed = 10;

    /// <summary>Epochs handed out so far; the last one is the newest.</summary>
    public long Epochs { get; private set; }

    public void Begun(SimulatedRun run)
    {
        run.Epoch = ++Epochs;
        if (world.Store.States[run.Pipeline.Name].Epoch != Epochs)
        {
            violate($"run {run.Number} was not given the next epoch");
        }
        CheckMayWrite(run, "took an epoch");
    }

    public void CheckProof(SimulatedRun run) => CheckMayWrite(run, "left a proof");

    /// <summary>Somebody else changed the target: what is there now is what has to stay.</summary>
    public void Edited() => world.Target = world.ReadTarget(Twice);

    /// <summary>Whether the target holds what was committed and edited, and nothing else.</summary>
    public void CheckTarget(string when)
    {
        if (!AreEqual(world.Target, world.ReadTarget(Twice)))
        {
            violate($"{when}, the target does not hold what was committed to it");
        }
    }

    public void Committed(SimulatedRun run, ChangeBatch batch)
    {
        CheckMayWrite(run, "wrote");
        if (run.Epoch != run.EpochsAtOpen + 1)
        {
            // Another run may have proven the target against a newer source in between.
            violate($"run {run.Number} wrote what it had read before epoch {run.Epoch - 1} began");
        }
        var expected = new Dictionary<string, ModelRow>(world.Target, StringComparer.Ordinal);
        long done = 0;
        for (var i = 0; i < batch.Rows.Count; i++)
        {
            var row = batch.Rows.Row(i);
            var key =
                batch.Kind == ChangeKind.Delete
                    ? Convert.ToHexString(row)
                    : SimulatedRows.KeyOf(world.SourceTable, row);
            var isThere = expected.TryGetValue(key, out var before);
            if (batch.Kind == ChangeKind.Create ? isThere : !IsAsCompared(run, key, isThere, before))
            {
                continue;
            }
            done++;
            if (run.Lost.Contains(key))
            {
                continue;
            }
            run.Changed++;
            if (batch.Kind == ChangeKind.Delete)
            {
                CheckDelete(run, key);
                expected.Remove(key);
                continue;
            }
            var after = SimulatedRows.Of(row);
            CheckWrite(run, batch.Kind, key, before, after);
            expected[key] = after;
        }
        run.Unacknowledged[(int)batch.Kind] += done;
        run.Lost.Clear();
        world.Target = world.ReadTarget(Twice);
        if (!AreEqual(expected, world.Target))
        {
            violate($"run {run.Number}: a batch of {batch.Rows.Count} ({batch.Kind}) left other rows than it should");
        }
    }

    private static bool IsAsCompared(SimulatedRun run, string key, bool isThere, ModelRow before) =>
        isThere && before.IsOwned && run.Target.TryGetValue(key, out var seen) && seen == before;

    private static bool AreEqual(Dictionary<string, ModelRow> left, Dictionary<string, ModelRow> right) =>
        left.Count == right.Count && left.All(l => right.TryGetValue(l.Key, out var other) && other == l.Value);

    private void CheckMayWrite(SimulatedRun run, string what)
    {
        if (run.ReadOnly)
        {
            violate($"run {run.Number} only looks, and {what}");
        }
        if (run.Epoch != Epochs)
        {
            violate($"run {run.Number} of epoch {run.Epoch} {what} after epoch {Epochs} had begun");
        }
    }

    private void CheckWrite(SimulatedRun run, ChangeKind kind, string key, ModelRow before, ModelRow after)
    {
        if (run.Source?.Valid.TryGetValue(key, out var row) != true || row != after)
        {
            violate($"run {run.Number} wrote a row that its source does not have");
        }
        if (kind == ChangeKind.Update && run.Pipeline.Mode == SyncMode.Append)
        {
            violate($"run {run.Number} updated a row although it may only append");
        }
        if (kind == ChangeKind.Update && run.Pipeline.UpdatedAt is not null && after.Stamp < before.Stamp)
        {
            violate($"run {run.Number} replaced a newer row by an older one");
        }
    }

    private void CheckDelete(SimulatedRun run, string key)
    {
        run.Deleted++;
        var source = run.Source!;
        if (run.Pipeline.Mode != SyncMode.Mirror || source.HasUnknownKey || source.Keys.Contains(key))
        {
            violate($"run {run.Number} deleted a row that it had to leave alone");
        }
        var owned = run.Target.Count(t => t.Value.IsOwned);
        var isLimited = run.Pipeline.MaxDeletes.Value < 100;
        if (isLimited && (source.Valid.Count == 0 || (run.Deleted > AlwaysAllowed && run.Deleted > 0.3 * owned)))
        {
            violate($"run {run.Number} deleted {run.Deleted} of {owned} rows, more than it may");
        }
    }

    private void Twice(string key) => violate($"the target has the key {key} twice");
}
