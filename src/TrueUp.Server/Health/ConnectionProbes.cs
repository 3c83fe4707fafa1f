using TrueUp.Pipelines;
using TrueUp.Server.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Server.Health;

/// <summary>The stores that pipelines connect to, as they are named now: one check for each type.</summary>
internal sealed class ConnectionProbes(PipelineCatalog catalog, ConnectorRegistry connectors)
{
    /// <summary>The checks.</summary>
    public IReadOnlyList<IProbe> Current() =>
        [
            .. catalog
                .Current.Values.Where(entry => entry.Definition is not null)
                .SelectMany(entry => Sides(entry.Definition!))
                .Where(side => side.Side["connection"] is not null)
                .DistinctBy(side => (side.Side.Type, side.Side["connection"]))
                .GroupBy(side => side.Side.Type, StringComparer.Ordinal)
                .Select(type => new ConnectionProbe(type.Key, [.. type.Select(Ping)])),
        ];

    private Func<CancellationToken, ValueTask> Ping((SideDefinition Side, SideRole Role) side) =>
        token =>
            connectors.Find(side.Side.Type, side.Role) is { } connector
                ? connector.PingAsync(side.Side, token)
                : ValueTask.CompletedTask;

    private static (SideDefinition Side, SideRole Role)[] Sides(PipelineDefinition pipeline) =>
        [(pipeline.Source, SideRole.Source), (pipeline.Target, SideRole.Target)];
}
