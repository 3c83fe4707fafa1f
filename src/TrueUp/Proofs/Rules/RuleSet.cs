using TrueUp.Pipelines;
using TrueUp.Rows;

namespace TrueUp.Proofs.Rules;

/// <summary>The rules of a pipeline, bound to a plan.</summary>
internal sealed class RuleSet
{
    private RuleSet(IReadOnlyList<CompiledRule> all)
    {
        All = all;
        PerRow = [.. all.Where(r => r.Rule.Exists is null && !r.Rule.Unique)];
        Unique = [.. all.Where(r => r.Rule.Unique)];
        Exists = [.. all.Where(r => r.Rule.Exists is not null)];
    }

    public IReadOnlyList<CompiledRule> All { get; }

    /// <summary>Those that one row alone decides.</summary>
    public IReadOnlyList<CompiledRule> PerRow { get; }

    /// <summary>Those that need all rows.</summary>
    public IReadOnlyList<CompiledRule> Unique { get; }

    /// <summary>Those that need another table.</summary>
    public IReadOnlyList<CompiledRule> Exists { get; }

    /// <summary>Binds rules to columns.</summary>
    /// <param name="rules">As declared.</param>
    /// <param name="schema">The plan's rows, by target names.</param>
    /// <param name="findings">Receives what does not fit: a column that is not there, a bound of another type.</param>
    public static RuleSet Bind(IReadOnlyList<RuleDefinition> rules, RowSchema schema, ICollection<Finding> findings)
    {
        var bound = new List<CompiledRule>();
        foreach (var rule in rules)
        {
            var missing = new[] { CompiledRule.ColumnOf(rule), rule.When }
                .Where(c => c is not null && schema.OrdinalOf(c) < 0)
                .ToList();
            foreach (var column in missing)
            {
                findings.Add(Problem(rule, $"Rule '{rule.Name}' is about the column '{column}', which is not there."));
            }
            if (missing.Count > 0)
            {
                continue;
            }
            try
            {
                bound.Add(new CompiledRule(rule, schema));
            }
            catch (FormatException error)
            {
                findings.Add(Problem(rule, $"Rule '{rule.Name}': {error.Message}"));
            }
        }
        return new RuleSet(bound);
    }

    private static Finding Problem(RuleDefinition rule, string message) =>
        new("bad_rule", message, "Rules name columns as the target has them.")
        {
            Line = rule.Line > 0 ? rule.Line : null,
            Path = $"rules.{rule.Name}",
        };
}
