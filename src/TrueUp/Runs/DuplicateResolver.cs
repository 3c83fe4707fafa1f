using TrueUp.Pipelines;
using TrueUp.Proofs.Rules;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// Decides by value which of the candidate records really share a key or a unique value, and which of them stays.
/// </summary>
internal sealed class DuplicateResolver(DuplicatePolicy policy, RowPlan plan, RuleSet rules) : IDisposable
{
    private readonly KeyWriter _keys = new(plan);
    private readonly Dictionary<string, List<long>> _byKey = new(StringComparer.Ordinal);
    private readonly List<Dictionary<string, List<long>>> _byValue =
    [
        .. rules.Unique.Select(_ => new Dictionary<string, List<long>>(StringComparer.Ordinal)),
    ];
    private Dictionary<long, DuplicateVerdict>? _verdicts;

    /// <summary>Takes the candidates of a batch.</summary>
    public void Add(RowBatch batch, long first, IndexSet candidates, IndexSet excluded)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var index = first + i;
            if (!candidates.Has(index) || excluded.Has(index))
            {
                continue;
            }
            Put(_byKey, Convert.ToHexString(_keys.KeyOf(batch.Row(i))), index);
            for (var u = 0; u < rules.Unique.Count; u++)
            {
                if (
                    rules.Unique[u].Applies(batch.Row(i))
                    && FieldReader.At(batch.Row(i), rules.Unique[u].Ordinal, out var value)
                )
                {
                    Put(_byValue[u], Convert.ToHexString(value), index);
                }
            }
        }
    }

    /// <summary>What is wrong with a record, or null.</summary>
    public DuplicateVerdict? Verdict(long index) => (_verdicts ??= Decide()).GetValueOrDefault(index);

    public void Dispose() => _keys.Dispose();

    private static void Put(Dictionary<string, List<long>> groups, string value, long index)
    {
        if (!groups.TryGetValue(value, out var list))
        {
            groups[value] = list = [];
        }
        list.Add(index);
    }

    private Dictionary<long, DuplicateVerdict> Decide()
    {
        var verdicts = new Dictionary<long, DuplicateVerdict>();
        foreach (var group in _byKey.Values.Where(g => g.Count > 1))
        {
            long? stays = policy switch
            {
                DuplicatePolicy.First => group[0],
                DuplicatePolicy.Last => group[^1],
                _ => null,
            };
            foreach (var index in group.Where(i => i != stays))
            {
                var reason = stays is null
                    ? $"{group.Count} records have this key"
                    : $"{group.Count} records have this key; the {policy.ToString().ToLowerInvariant()} one counts";
                verdicts[index] = new DuplicateVerdict("duplicate_key", reason, null, Skip: true);
            }
        }
        for (var u = 0; u < _byValue.Count; u++)
        {
            var rule = rules.Unique[u].Rule;
            foreach (
                var index in _byValue[u]
                    .Values.Select(g => g.Where(i => !verdicts.ContainsKey(i)).ToList())
                    .Where(g => g.Count > 1)
                    .SelectMany(g => g)
                    .ToList()
            )
            {
                verdicts[index] = new DuplicateVerdict(
                    "rule_failed",
                    $"{rule.Name}: another record has the same value",
                    rule.Column,
                    rule.OnFail == RuleFailure.Skip
                );
            }
        }
        return verdicts;
    }
}
