using System.Text;

namespace TrueUp.Connectors.Postgres.Names;

/// <summary>
/// A table's name, with or without its schema. The one place that quotes identifiers: everything else that is put into
/// SQL
/// text comes from here or from <see cref="Sql.SqlLiteral"/>.
/// </summary>
internal sealed record SqlName(string? Schema, string Table)
{
    /// <summary>The name in SQL, always quoted.</summary>
    public string Sql => Schema is null ? Quote(Table) : $"{Quote(Schema)}.{Quote(Table)}";

    /// <summary>Quotes an identifier.</summary>
    public static string Quote(string identifier) =>
        $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Quotes identifiers, separated by commas.</summary>
    public static string QuoteAll(IEnumerable<string> identifiers) => string.Join(", ", identifiers.Select(Quote));

    /// <summary>
    /// Reads a name as SQL does: parts without quotes fold to lower case, quoted parts stay as they are.
    /// </summary>
    public static bool TryParse(string text, out SqlName name)
    {
        name = new SqlName(null, "");
        if (!TrySplit(text, out var parts) || parts.Count is < 1 or > 2 || parts.Any(p => p.Text.Length == 0))
        {
            return false;
        }

        name = parts.Count == 1 ? new SqlName(null, parts[0].Text) : new SqlName(parts[0].Text, parts[1].Text);
        return true;
    }

    /// <summary>As people write it: quoted where SQL needs quotes.</summary>
    public override string ToString() => Schema is null ? Show(Table) : $"{Show(Schema)}.{Show(Table)}";

    /// <summary>Splits a dotted name; says of each part whether it was quoted.</summary>
    internal static bool TrySplit(string text, out List<(string Text, bool Quoted)> parts)
    {
        parts = [];
        text = text.Trim();
        var at = 0;
        while (true)
        {
            if (!TryPart(text, ref at, out var part))
            {
                return false;
            }

            parts.Add(part);
            if (at == text.Length)
            {
                return true;
            }

            if (text[at++] != '.')
            {
                return false;
            }
        }
    }

    private static bool TryPart(string text, ref int at, out (string Text, bool Quoted) part)
    {
        if (at >= text.Length || text[at] != '"')
        {
            var end = text.IndexOfAny(['.', '"'], at);
            end = end < 0 ? text.Length : end;
            part = (text[at..end].Trim().ToLowerInvariant(), false);
            at = end;
            return part.Text.Length > 0;
        }
        var name = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                name.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                name.Append(text[at++]);
            }
            else
            {
                at++;
                part = (name.ToString(), true);
                return true;
            }
        }
        part = default;
        return false;
    }

    private static string Show(string part) =>
        part.Length > 0
        && !char.IsAsciiDigit(part[0])
        && part.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')
            ? part
            : Quote(part);
}
