namespace TrueUp.Sides;

/// <summary>The connectors a program has, by the type names that pipeline files use.</summary>
public sealed class ConnectorRegistry
{
    private readonly Dictionary<string, IConnector> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IConnector> _targets = new(StringComparer.Ordinal);

    /// <param name="connectors">All of them; no two may serve the same type in the same role.</param>
    /// <exception cref="ArgumentException">Two connectors claim a type.</exception>
    public ConnectorRegistry(IEnumerable<IConnector> connectors)
    {
        ArgumentNullException.ThrowIfNull(connectors);
        foreach (var connector in connectors)
        {
            foreach (var type in connector.SourceTypes)
            {
                _sources.Add(type, connector);
            }
            foreach (var type in connector.TargetTypes)
            {
                _targets.Add(type, connector);
            }
        }
    }

    /// <summary>The connector that serves a type in a role, or null.</summary>
    public IConnector? Find(string type, SideRole role) => Of(role).GetValueOrDefault(type);

    /// <summary>The type names of a role, sorted.</summary>
    public IReadOnlyList<string> Types(SideRole role) => [.. Of(role).Keys.Order(StringComparer.Ordinal)];

    private Dictionary<string, IConnector> Of(SideRole role) => role == SideRole.Source ? _sources : _targets;
}
