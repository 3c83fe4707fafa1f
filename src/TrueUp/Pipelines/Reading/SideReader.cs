using TrueUp.Pipelines.Yaml;
using TrueUp.Sides;

namespace TrueUp.Pipelines.Reading;

/// <summary>
/// Reads <c>source:</c> and <c>target:</c>: texts with environment references replaced, paths made absolute.
/// </summary>
internal sealed class SideReader(
    FindingList findings,
    ConnectorRegistry connectors,
    EnvironmentReferences references,
    string folder
)
{
    /// <summary>Reads a side; a side without a type when there is none.</summary>
    public SideDefinition Read(YamlNode? node, SideRole role)
    {
        if (node is not YamlMap map)
        {
            if (node is not null)
            {
                findings.Add(
                    node.Path,
                    "bad_value",
                    $"`{node.Path}` is {node.Kind}, not a mapping.",
                    $"Write `{node.Path}: {{type: …}}`."
                );
            }
            return new SideDefinition("");
        }
        var type = Type(map, role);
        var known = connectors
            .Find(type, role)
            ?.Options(type, role)
            .ToDictionary(o => o.Name, o => o.Kind, StringComparer.Ordinal);
        var options = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, value) in map.Entries.Where(e => e.Key != "type"))
        {
            if (Values(value, known?.GetValueOrDefault(name, SideOptionKind.Text)) is { } values)
            {
                options[name] = values;
                lines[name] = findings.LineOf(value.Path) ?? value.Line;
            }
        }
        return new SideDefinition(type) { Options = options, Lines = lines };
    }

    private string Type(YamlMap map, SideRole role)
    {
        switch (map.Entries.GetValueOrDefault("type"))
        {
            case YamlText { IsNull: false } text:
                return text.Text;
            case null or YamlText:
                findings.Add(
                    map.At("type"),
                    "missing_key",
                    $"`type` is missing in `{map.Path}`.",
                    $"Add one of: {string.Join(", ", connectors.Types(role))}."
                );
                return "";
            case var other:
                findings.Add(
                    other.Path,
                    "bad_value",
                    $"`{other.Path}` is {other.Kind}, not a single value.",
                    $"Write one of: {string.Join(", ", connectors.Types(role))}."
                );
                return "";
        }
    }

    private IReadOnlyList<string>? Values(YamlNode node, SideOptionKind? kind)
    {
        switch (node)
        {
            case YamlText { IsNull: true }:
                findings.Add(
                    node.Path,
                    "missing_value",
                    $"`{node.Path}` has no value.",
                    "Give it one, or remove the key."
                );
                return null;
            case YamlText text:
                return [Resolve(text, kind)];
            case YamlList list
                when kind is SideOptionKind.List or null && list.Items.All(i => i is YamlText { IsNull: false }):
                return [.. list.Items.Cast<YamlText>().Select(i => Resolve(i, kind))];
            default:
                findings.Add(
                    node.Path,
                    "bad_value",
                    $"`{node.Path}` is {node.Kind}, not a single value.",
                    kind == SideOptionKind.List ? "Write a value or a list of values." : "Write one value."
                );
                return null;
        }
    }

    private string Resolve(YamlText node, SideOptionKind? kind)
    {
        var whole = true;
        var text = references.Replace(
            node.Text,
            (message, suggestion) =>
            {
                whole = false;
                findings.Add(node.Path, "missing_variable", message, suggestion);
            }
        );
        return whole && kind == SideOptionKind.Path && text.Length > 0 && !text.Contains('\0')
            ? Path.GetFullPath(text, folder)
            : text;
    }
}
