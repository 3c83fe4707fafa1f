using System.Text;

namespace TrueUp.Connectors.Postgres.Names;

/// <summary>
/// An entry of <c>tables</c>: a name whose unquoted parts may hold <c>*</c> (any text) and <c>?</c> (one character).
/// </summary>
/// <param name="Schema">A LIKE pattern, or null for the schemas of the search path.</param>
/// <param name="Table">A LIKE pattern.</param>
/// <param name="HasWildcard">False for the name of one table, which may then be a view as well.</param>
internal sealed record NamePattern(string? Schema, string Table, bool HasWildcard)
{
    /// <summary>Reads an entry.</summary>
    /// <returns>False when it is no name.</returns>
    public static bool TryParse(string text, out NamePattern pattern)
    {
        pattern = new NamePattern(null, "", false);
        if (!SqlName.TrySplit(text, out var parts) || parts.Count > 2)
        {
            return false;
        }

        var wild = parts.Any(p => !p.Quoted && p.Text.AsSpan().ContainsAny('*', '?'));
        var table = Like(parts[^1]);
        pattern = new NamePattern(parts.Count == 2 ? Like(parts[0]) : null, table, wild);
        return true;
    }

    private static string Like((string Text, bool Quoted) part)
    {
        var like = new StringBuilder();
        foreach (var c in part.Text)
        {
            like.Append(
                c switch
                {
                    '*' when !part.Quoted => "%",
                    '?' when !part.Quoted => "_",
                    '%' or '_' or '\\' => $"\\{c}",
                    _ => c.ToString(),
                }
            );
        }
        return like.ToString();
    }
}
