using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// Finds the connector of a side; a definition that was not read from a checked file may name one that is not there.
/// </summary>
internal static class ConnectorLookup
{
    /// <exception cref="RunException">No connector serves the type.</exception>
    public static IConnector For(this ConnectorRegistry connectors, SideDefinition side, SideRole role) =>
        connectors.Find(side.Type, role)
        ?? throw new RunException(
            "unknown_type",
            $"There is no {role.ToString().ToLowerInvariant()} of type '{side.Type}'.",
            $"Use one of: {string.Join(", ", connectors.Types(role))}.",
            ErrorCause.Configuration
        );
}
