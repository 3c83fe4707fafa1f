using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Testing.Memory;

/// <summary>Serves <c>{type: memory, table: …}</c>.</summary>
public sealed class MemoryConnector(MemoryStore store) : IConnector
{
    public IReadOnlyList<string> SourceTypes { get; } = ["memory"];

    public IReadOnlyList<string> TargetTypes { get; } = ["memory"];

    public IReadOnlyList<SideOption> Options(string type, SideRole role) =>
        [
            new SideOption("table", SideOptionKind.Text, "The table."),
            new SideOption("tables", SideOptionKind.List, "Several tables."),
            new SideOption("owns", SideOptionKind.Text, "column=value of the rows a target owns."),
        ];

    public IEnumerable<Finding> Validate(SideDefinition side, SideRole role) => [];

    public ValueTask<IReadOnlyList<SideUnit>> UnitsAsync(SideDefinition source, CancellationToken cancellationToken) =>
        new(
            source.List("tables") is { Count: > 0 } tables
                ? [.. tables.Select(t => new SideUnit(t, source.Without("tables").With("table", t), t + "_copy"))]
                : [new SideUnit("", source, null)]
        );

    public SideDefinition? Canary(SideDefinition target, string table) => target.With("table", table);

    public int UnitsAtOnce(SideDefinition target) => store.UnitsAtOnce;

    public ISource OpenSource(SideDefinition side) =>
        new MemorySource(store.Tables[side["table"]!], store.SourceFaults, store.SourceCanSeek);

    public ITarget OpenTarget(SideDefinition side) => new MemoryTarget(store, side["table"]!, side["owns"]);
}
