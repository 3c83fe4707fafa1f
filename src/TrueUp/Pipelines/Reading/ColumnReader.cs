using TrueUp.Pipelines.Yaml;
using TrueUp.Rows;

namespace TrueUp.Pipelines.Reading;

/// <summary>Reads <c>columns:</c>. A column is a mapping, or just its type: <c>price: decimal(12,2)</c>.</summary>
internal sealed class ColumnReader(FindingList findings)
{
    private static readonly string[] Types =
    [
        .. Enum.GetNames<LogicalKind>().Where(n => n != nameof(LogicalKind.Raw)).Select(n => n.ToLowerInvariant()),
        "integer",
        "smallint",
        "bigint",
        "numeric",
        "real",
        "double",
        "boolean",
        "varchar",
        "string",
        "bytea",
        "datetime",
    ];

    /// <summary>Reads the columns; none when the key is not given.</summary>
    public IReadOnlyList<ColumnDefinition> Read(YamlNode? node)
    {
        switch (node)
        {
            case null:
                return [];
            case YamlMap map:
                return [.. map.Entries.Select(e => Column(e.Key, e.Value))];
            default:
                findings.Add(
                    node.Path,
                    "bad_value",
                    $"`{node.Path}` is {node.Kind}, not a mapping.",
                    "Write a line for each column, for example `price: {from: Price, type: decimal(12,2)}`."
                );
                return [];
        }
    }

    private ColumnDefinition Column(string name, YamlNode node)
    {
        var column = new ColumnDefinition(name) { Line = findings.LineOf(node.Path) ?? node.Line };
        switch (node)
        {
            case YamlText { IsNull: true }:
                return column;
            case YamlText text:
                return column with { Type = Type(text.Text, node.Path) };
            case YamlMap map:
                var section = new Section(map, "columns.*", findings);
                return column with
                {
                    From = section.Text("from") ?? name,
                    Type = section.Text("type") is { } type ? Type(type, map.At("type")) : null,
                    Format = section.Text("format"),
                    Round = section.Number("round"),
                };
            default:
                findings.Add(
                    node.Path,
                    "bad_value",
                    $"`{node.Path}` is {node.Kind}.",
                    "Write a type, or `{from: …, type: …}`."
                );
                return column;
        }
    }

    private LogicalType? Type(string text, string path)
    {
        if (LogicalType.TryParse(text, out var type))
        {
            return type;
        }
        findings.Add(path, "bad_value", $"`{path}` is no type: `{text}`.", Spelling.Suggest(text, Types));
        return null;
    }
}
