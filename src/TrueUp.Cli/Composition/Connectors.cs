using TrueUp.Connectors.Files;
using TrueUp.Connectors.Postgres;
using TrueUp.Connectors.Sqlite;
using TrueUp.Sides;

namespace TrueUp.Cli.Composition;

/// <summary>The connectors that ship.</summary>
internal static class Connectors
{
    private static readonly Lazy<ConnectorRegistry> All = new(() =>
        new ConnectorRegistry([new CsvConnector(), new XlsxConnector(), new SqliteConnector(), new PostgresConnector()])
    );

    /// <summary>All of them, by type.</summary>
    public static ConnectorRegistry Registry => All.Value;
}
