using System.Globalization;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite.Writing;

/// <summary>
/// A database of our making gets its write-ahead log after its first load: with a rollback journal each page of the
/// load is written once, with a log twice and read once. Until then the file bears a mark (its application_id), so that
/// a run that follows a killed one knows whose the file is and ends what was begun.
/// </summary>
internal static class FirstLoad
{
    private static readonly string Mark = 0x54725570.ToString(CultureInfo.InvariantCulture);

    /// <summary>Marks a new file.</summary>
    public static void Begin(Connection connection) => connection.Execute($"PRAGMA application_id = {Mark}");

    /// <summary>Whether a file is marked.</summary>
    public static bool IsUnderWay(Connection connection) =>
        string.Equals(connection.Scalar("PRAGMA application_id"), Mark, StringComparison.Ordinal);

    /// <summary>Gives the file its log and takes the mark away.</summary>
    /// <returns>False when somebody reads the file just now; a later run will do it.</returns>
    public static bool TryEnd(Connection connection)
    {
        try
        {
            connection.Scalar("PRAGMA journal_mode = WAL");
            connection.Execute("PRAGMA application_id = 0");
            return true;
        }
        catch (SideException error) when (error.IsTransient)
        {
            return false;
        }
    }
}
