using TrueUp.Pipelines;
using TrueUp.Proofs.Rules;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// Checks an <c>exists</c> rule for the rows of a batch with as few questions to the target as possible.
/// </summary>
internal sealed class ReferenceLookup(CompiledRule rule, ITarget target)
{
    public RuleDefinition Rule => rule.Rule;

    /// <summary>The rows of the batch that lack their related row.</summary>
    /// <param name="batch">Whole rows.</param>
    /// <param name="valuesMax">Values per question.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<IReadOnlyList<int>> MissingAsync(
        RowBatch batch,
        int valuesMax,
        CancellationToken cancellationToken
    )
    {
        var rows = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < batch.Count; i++)
        {
            if (rule.Applies(batch.Row(i)) && rule.Text(batch.Row(i)) is { } value)
            {
                (rows.TryGetValue(value, out var list) ? list : rows[value] = []).Add(i);
            }
        }
        var missing = new List<int>();
        foreach (var values in rows.Keys.Chunk(valuesMax))
        {
            foreach (
                var value in await target.MissingAsync(
                    Rule.Exists!.Table,
                    Rule.Exists.Column,
                    values,
                    cancellationToken
                )
            )
            {
                missing.AddRange(rows[value]);
            }
        }
        missing.Sort();
        return missing;
    }
}
