using TrueUp.Pipelines.Yaml;

namespace TrueUp.Pipelines.Reading;

/// <summary>Reads <c>rules:</c>.</summary>
internal sealed class RuleReader(FindingList findings)
{
    /// <summary>Reads the rules; none when the key is not given.</summary>
    public IReadOnlyList<RuleDefinition> Read(YamlNode? node)
    {
        switch (node)
        {
            case null:
                return [];
            case YamlList list:
                return [.. list.Items.Select(Rule)];
            default:
                findings.Add(
                    node.Path,
                    "bad_value",
                    $"`{node.Path}` is {node.Kind}, not a list.",
                    "Start each rule with `- {name: …, column: …, required: true}`."
                );
                return [];
        }
    }

    private RuleDefinition Rule(YamlNode node)
    {
        if (node is not YamlMap map)
        {
            findings.Add(
                node.Path,
                "bad_value",
                $"`{node.Path}` is {node.Kind}, not a rule.",
                "Write `{name: …, column: …, required: true}`."
            );
            return new RuleDefinition("");
        }
        var section = new Section(map, "rules[]", findings);
        section.Require("name", "Say what the rule checks, for example `name: has a name`.");
        var exists = Exists(section.Inner("exists", "rules[].exists"));
        return new RuleDefinition(section.Text("name") ?? "")
        {
            Column = section.Text("column") ?? exists?.Column,
            Required = section.Flag("required", false),
            Matches = section.Text("matches"),
            Min = section.Text("min"),
            Max = section.Text("max"),
            OneOf = section.Texts("one_of") ?? [],
            Unique = section.Flag("unique", false),
            Exists = exists,
            When = section.Text("when"),
            OnFail = section.Choice<RuleFailure>("on_fail") ?? (exists is null ? RuleFailure.Skip : RuleFailure.Report),
            Line = node.Line,
        };
    }

    private static ExistsDefinition? Exists(Section? section)
    {
        if (section is null)
        {
            return null;
        }
        section.Require("table", "Name the table on the target: `exists: {table: properties, column: seller_number}`.");
        section.Require(
            "column",
            "Name the column that must have the value: `exists: {table: properties, column: seller_number}`."
        );
        return new ExistsDefinition(section.Text("table") ?? "", section.Text("column") ?? "");
    }
}
