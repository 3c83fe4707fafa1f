using TrueUp.Pipelines;

namespace TrueUp.Sides;

/// <summary>Knows one outside world. Registered by the type names that pipeline files use.</summary>
public interface IConnector
{
    /// <summary>The names of <c>source: {type: …}</c> it serves; empty when it cannot be a source.</summary>
    IReadOnlyList<string> SourceTypes { get; }

    /// <summary>The names of <c>target: {type: …}</c> it serves; empty when it cannot be a target.</summary>
    IReadOnlyList<string> TargetTypes { get; }

    /// <summary>
    /// The keys it understands for a type and role, for checking pipeline files and for the reference.
    /// </summary>
    IReadOnlyList<SideOption> Options(string type, SideRole role);

    /// <summary>Checks what can be checked about a side's options without touching the outside world.</summary>
    IEnumerable<Finding> Validate(SideDefinition side, SideRole role);

    /// <summary>
    /// The tables a source with wildcards stands for; the side's own table or file otherwise, as one unit.
    /// </summary>
    /// <returns>Definitions of single tables, with the unit's name; one with an empty name when the side is no list of
    /// tables.</returns>
    ValueTask<IReadOnlyList<SideUnit>> UnitsAsync(SideDefinition source, CancellationToken cancellationToken);

    /// <summary>A source for one unit.</summary>
    ISource OpenSource(SideDefinition side);

    /// <summary>
    /// The target for a canary table of the verifier's self-test in the same store, away from the user's tables; null
    /// when there can be none. Its <see cref="OpenTarget"/> is an <see cref="ICanaryTarget"/>.
    /// </summary>
    /// <param name="target">The pipeline's target.</param>
    /// <param name="table">The table's plain name; it begins with <see cref="ICanaryTarget.NamePrefix"/>.</param>
    SideDefinition? Canary(SideDefinition target, string table) => null;

    /// <summary>
    /// How many units a target bears at the same time, at least 1: one where a second writer would be locked out.
    /// </summary>
    int UnitsAtOnce(SideDefinition target) => int.MaxValue;

    /// <summary>
    /// Connects to a side's store and goes away again; does nothing where there is nothing to connect to. Cheap enough
    /// to be done every few seconds.
    /// </summary>
    /// <exception cref="SideException">It cannot be reached.</exception>
    ValueTask PingAsync(SideDefinition side, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>A target for one unit.</summary>
    ITarget OpenTarget(SideDefinition side);
}
