using System.Text;

namespace TrueUp.Connectors.Sqlite.Connections;

/// <summary>The one place where names become SQL. Values never do: they are bound.</summary>
internal static class Identifier
{
    /// <summary>A name as SQL writes it.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Names as SQL writes them, separated by commas.</summary>
    public static string List(IEnumerable<string> names) => string.Join(", ", names.Select(Quote));

    /// <summary>
    /// The table that a pipeline file names: plain, quoted as in SQL (<c>"Odd Name"</c>), or with a schema before it.
    /// SQLite's own
    /// schema <c>main</c> is dropped; another database's schema becomes a part of the name, because SQLite has no
    /// schemas.
    /// </summary>
    public static string Parse(string text)
    {
        var parts = Split(text);
        return parts is ["main", _] ? parts[1] : string.Join('.', parts);
    }

    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' when quoted && i + 1 < text.Length && text[i + 1] == '"':
                    part.Append(text[++i]);
                    break;
                case '"' when quoted || part.Length == 0:
                    quoted = !quoted;
                    break;
                case '.' when !quoted:
                    parts.Add(part.ToString());
                    part.Clear();
                    break;
                default:
                    part.Append(text[i]);
                    break;
            }
        }
        parts.Add(part.ToString());
        return parts;
    }
}
