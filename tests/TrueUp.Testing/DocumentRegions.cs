using System.Text;
using System.Text.RegularExpressions;

namespace TrueUp.Testing;

/// <summary>
/// Documents in which the program writes some parts: what stands between <c>&lt;!-- name subject --&gt;</c> and
/// <c>&lt;!-- /name --&gt;</c>.
/// </summary>
public static partial class DocumentRegions
{
    /// <summary>Fails unless each region of a document says what the program would write there.</summary>
    /// <param name="document">The path below the repository's root.</param>
    /// <param name="write">Gives a region's text from its name and subject; fails for one it does not know.</param>
    /// <param name="compare">Fails unless the file at a path has a text.</param>
    /// <returns>The regions: name and subject, with a blank between them.</returns>
    public static IReadOnlyList<string> ShouldBeCurrent(
        string document,
        Func<string, string, string> write,
        Action<string, string> compare
    )
    {
        string path = RepositoryRoot.Combine(document.Split('/'));
        string text = File.ReadAllText(path);
        var regions = new List<string>();
        string current = Region()
            .Replace(
                text,
                match =>
                {
                    var (name, subject) = (match.Groups["name"].Value, match.Groups["subject"].Value);
                    regions.Add($"{name} {subject}".TrimEnd());
                    return $"{match.Groups["open"].Value}\n{write(name, subject)}<!-- /{name} -->";
                }
            );
        compare(path, current);
        return regions;
    }

    /// <summary>A table in Markdown.</summary>
    public static string Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new StringBuilder();
        table
            .Append("| ")
            .AppendJoin(" | ", headers)
            .Append(" |\n|")
            .Append(string.Concat(headers.Select(_ => "---|")))
            .Append('\n');
        foreach (var row in rows)
        {
            table.Append("| ").AppendJoin(" | ", row.Select(cell => cell.Replace("|", "\\|"))).Append(" |\n");
        }
        return table.ToString();
    }

    /// <summary>A text as code, nothing for nothing.</summary>
    public static string Code(string? text) => string.IsNullOrEmpty(text) ? "" : $"`{text}`";

    [GeneratedRegex(
        @"(?<open><!-- (?<name>\w+)(?: (?<subject>[^\n]+?))? -->)\n(?:(?!<!-- )[^\n]*\n)*<!-- /\k<name> -->"
    )]
    private static partial Regex Region();
}
