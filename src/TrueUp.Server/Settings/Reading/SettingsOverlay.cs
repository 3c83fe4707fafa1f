using System.Text.Json;
using TrueUp.Pipelines.Reading;
using TrueUp.Pipelines.Yaml;

namespace TrueUp.Server.Settings.Reading;

/// <summary>Lays values of the control database over the tree of <c>trueup.yaml</c>.</summary>
internal static class SettingsOverlay
{
    /// <summary>The tree with the values in it.</summary>
    /// <param name="root">The file's tree; it is not changed.</param>
    /// <param name="overrides">JSON by key; texts, numbers and truth values.</param>
    /// <param name="findings">Told of values that are nothing of these.</param>
    public static YamlMap Lay(YamlMap root, IReadOnlyDictionary<string, string> overrides, FindingList findings)
    {
        foreach (var (key, json) in overrides)
        {
            if (Text(json) is { } text)
            {
                // Two levels are all there are: a pipeline's name may hold points.
                root = Put(root, key.Split('.', 2), 0, new YamlText(key, 1, text, IsQuoted: true));
            }
            else
            {
                findings.Add(key, "bad_value", $"`{key}` is no single value.", "Give a text, a number, true or false.");
            }
        }
        return root;
    }

    private static string? Text(string json)
    {
        using var document = JsonDocument.Parse(json);
        var value = document.RootElement;
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };
    }

    private static YamlMap Put(YamlMap map, string[] path, int at, YamlText value)
    {
        var entries = new Dictionary<string, YamlNode>(map.Entries, StringComparer.Ordinal);
        var name = path[at];
        entries[name] =
            at == path.Length - 1
                ? value
                : Put(
                    entries.GetValueOrDefault(name) as YamlMap
                        ?? new YamlMap(map.At(name), map.Line, new Dictionary<string, YamlNode>()),
                    path,
                    at + 1,
                    value
                );
        return map with { Entries = entries };
    }
}
