using System.Text;
using TrueUp.Pipelines;

namespace TrueUp.Connectors.Files.Records;

/// <summary>The names of a file's columns, and everything that is wrong with them.</summary>
internal static class HeaderNames
{
    /// <summary>More columns than this are taken for a wrong delimiter or a broken file.</summary>
    public const int ColumnsMax = 4_096;

    private const int NameShownMax = 100;
    private const int PlacesShownMax = 10;

    /// <summary>The names in a record.</summary>
    public static string[] Of(TextRecord record)
    {
        var names = new string[Math.Min(record.Count, TextRecord.FieldsMax)];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Encoding.UTF8.GetString(record.Text(i));
        }
        return names;
    }

    /// <summary>Names for columns that have none: column1, column2, ….</summary>
    public static string[] Numbered(int count) => [.. Enumerable.Range(1, count).Select(i => $"column{i}")];

    /// <summary>Everything that is wrong with the names.</summary>
    public static IEnumerable<Finding> Check(IReadOnlyList<string> names, string file, int line)
    {
        if (names.Count > ColumnsMax)
        {
            yield return Of(
                "too_many_columns",
                $"The header names {names.Count} columns; at most {ColumnsMax} are read.",
                "Check the delimiter: the header may have been divided where it should not.",
                file,
                line,
                null
            );
        }
        for (var i = 0; i < names.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(names[i]))
            {
                yield return Of(
                    "empty_header",
                    $"Column {i + 1} has no name in the header.",
                    "Name the column in the header, remove it, or set header: false and use column1, column2, ….",
                    file,
                    line,
                    $"column {i + 1}"
                );
            }
        }
        var groups = names
            .Select((name, i) => (name, position: i + 1))
            .Where(c => !string.IsNullOrWhiteSpace(c.name))
            .GroupBy(c => c.name, StringComparer.Ordinal)
            .Where(g => g.Skip(1).Any());
        foreach (var group in groups)
        {
            yield return Of(
                "duplicate_header",
                $"'{Short(group.Key)}' names columns {Places([.. group.Select(c => c.position)])}.",
                "Give each column a name of its own, or set header: false and use column1, column2, ….",
                file,
                line,
                Short(group.Key)
            );
        }
    }

    // A header may be anything; what is said about it stays readable.
    private static string Short(string name) => name.Length <= NameShownMax ? name : $"{name[..NameShownMax]}…";

    private static string Places(int[] positions) =>
        string.Join(" and ", positions.Take(PlacesShownMax))
        + (positions.Length > PlacesShownMax ? $" and {positions.Length - PlacesShownMax} more" : "");

    private static Finding Of(string code, string message, string suggestion, string file, int line, string? path) =>
        new(code, message, suggestion)
        {
            File = file,
            Line = line,
            Path = path,
        };
}
