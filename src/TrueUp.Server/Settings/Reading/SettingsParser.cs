using TrueUp.Pipelines;
using TrueUp.Pipelines.Reading;
using TrueUp.Pipelines.Yaml;
using TrueUp.Server.Settings.Validation;

namespace TrueUp.Server.Settings.Reading;

/// <summary>
/// Reads settings like pipelines are read, in steps that only add findings: bytes become a tree, environment references
/// are replaced, overrides are laid over it, the tree becomes a document, and validators look at that. So a value
/// has one meaning, wherever it comes from.
/// </summary>
internal sealed class SettingsParser(Func<string, string?> environment)
{
    private static readonly FileSort Sort = new(
        "the settings",
        "concurrency: {server: 4}",
        "Remove it, or write settings into it; docs/server-reference.md lists all.",
        SettingsReference.NamesIn
    );

    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>Reads a file alone.</summary>
    public SettingsReading Read(SettingsText text) => Read(text, None);

    /// <summary>Reads a file with overrides.</summary>
    /// <param name="text">The file.</param>
    /// <param name="overrides">JSON by key; only keys that may change while a server runs.</param>
    public SettingsReading Read(SettingsText text, IReadOnlyDictionary<string, string> overrides)
    {
        var findings = new FindingList(text.Path, Sort);
        if (Tree(text, findings) is not { } file)
        {
            return new SettingsReading(null, findings.InOrder(), new HashSet<string>());
        }
        var root = SettingsOverlay.Lay(file, overrides, findings);
        var document = new SettingsReader(findings, Path.GetDirectoryName(Path.GetFullPath(text.Path))!).Read(root);
        findings.AddNew(SettingsValidation.Check(document));
        return new SettingsReading(
            findings.HasErrors ? null : document,
            [.. findings.InOrder().Select(finding => Place(finding, overrides))],
            Given(file)
        );
    }

    private YamlMap? Tree(SettingsText text, FindingList findings)
    {
        if (PipelineFile.Decode(text.Bytes, findings) is not { } yaml)
        {
            return null;
        }
        // A file with nothing but comments sets nothing, which is fine here.
        return IsBlank(yaml) ? new YamlMap("", 1, new Dictionary<string, YamlNode>())
            : YamlTree.Load(yaml, findings) is { } root
                ? (YamlMap)new References(new EnvironmentReferences(environment), findings).Replace(root)
            : null;
    }

    private static bool IsBlank(string yaml)
    {
        foreach (var line in yaml.AsSpan().EnumerateLines())
        {
            if (line.Trim() is not ([] or "---" or ['#', ..]))
            {
                return false;
            }
        }
        return true;
    }

    private static HashSet<string> Given(YamlMap root)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        Add(root);
        return given;

        void Add(YamlMap map)
        {
            foreach (var node in map.Entries.Values)
            {
                if (node is YamlMap inner)
                {
                    Add(inner);
                }
                else if (node is not YamlText { IsNull: true })
                {
                    given.Add(node.Path);
                }
            }
        }
    }

    /// <summary>What is wrong with an override stands in no file.</summary>
    private static Finding Place(Finding finding, IReadOnlyDictionary<string, string> overrides) =>
        finding.Path is { } path && overrides.ContainsKey(path) ? finding with { File = null, Line = null } : finding;

    private sealed class References(EnvironmentReferences references, FindingList findings)
    {
        public YamlNode Replace(YamlNode node) =>
            node switch
            {
                YamlMap map => map with { Entries = map.Entries.ToDictionary(e => e.Key, e => Replace(e.Value)) },
                YamlList list => list with { Items = [.. list.Items.Select(Replace)] },
                YamlText text when text.Text.Contains('$') => Replace(text),
                _ => node,
            };

        private YamlText Replace(YamlText text)
        {
            var isWhole = true;
            var value = references.Replace(
                text.Text,
                (message, suggestion) =>
                {
                    isWhole = false;
                    findings.Add(text.Path, "missing_variable", message, suggestion);
                }
            );
            // Half a value is none: what it lacks is reported already.
            return isWhole ? text with { Text = value } : text with { Text = "", IsQuoted = false };
        }
    }
}
