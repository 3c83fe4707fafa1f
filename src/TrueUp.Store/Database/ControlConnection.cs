namespace TrueUp.Store.Database;

/// <summary>
/// How others reach the schema of a control database in PostgreSQL, for tables of their own beside ours.
/// </summary>
public static class ControlConnection
{
    /// <summary>Npgsql keywords for what the home is opened with; they hold the password.</summary>
    /// <param name="connection">Npgsql keywords or a <c>postgres://</c> URL.</param>
    /// <exception cref="Sides.SideException">The text cannot be read.</exception>
    public static string Keywords(string connection) => PostgresConnectionText.Parse(connection).ConnectionString;
}
