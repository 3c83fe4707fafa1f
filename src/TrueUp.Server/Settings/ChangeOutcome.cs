using TrueUp.Pipelines;

namespace TrueUp.Server.Settings;

/// <summary>What became of a change.</summary>
/// <param name="Result">In a word.</param>
/// <param name="Value">The value as it is now, or null when there is no such key.</param>
/// <param name="Findings">What is wrong with the change.</param>
internal sealed record ChangeOutcome(ChangeResult Result, EffectiveValue? Value, IReadOnlyList<Finding> Findings)
{
    public static ChangeOutcome Of(ChangeResult result, EffectiveValue? value = null) => new(result, value, []);
}
