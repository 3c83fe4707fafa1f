using System.CommandLine;
using System.Text;
using TrueUp.Cli.Commands;
using TrueUp.Cli.Execution;
using TrueUp.Pipelines;
using TrueUp.Sides;
using TrueUp.Testing;

namespace TrueUp.Cli.Tests;

/// <summary>What the reference pages say is what the program knows.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void The_pipeline_reference_lists_every_key_and_option()
    {
        var regions = DocumentRegions.ShouldBeCurrent(
            "docs/pipeline-reference.md",
            (name, subject) =>
                name switch
                {
                    "keys" => Keys(subject),
                    "sides" => Sides(subject == "source" ? SideRole.Source : SideRole.Target),
                    _ => throw new InvalidOperationException($"The reference has no region '{name}'."),
                },
            Golden.ShouldMatchFile
        );

        PipelineReference
            .Keys.Select(k => $"keys {k.Section}".TrimEnd())
            .Distinct()
            .Concat(["sides source", "sides target"])
            .Except(regions)
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_command_reference_lists_every_command_and_option()
    {
        var root = new TrueUpRoot(new CommandRunner(TimeProvider.System));
        var commands = Commands(root).ToDictionary(c => c.FullName);

        var regions = DocumentRegions.ShouldBeCurrent(
            "docs/cli.md",
            (_, subject) => subject.Length == 0 ? Options(root) : Options(commands[subject]),
            Golden.ShouldMatchFile
        );

        commands.Keys.Select(c => $"options {c}").Except(regions).ShouldBeEmpty();
    }

    [Fact]
    public void Every_command_of_an_example_exists()
    {
        var root = new TrueUpRoot(new CommandRunner(TimeProvider.System));

        foreach (var example in Commands(root).SelectMany(c => c.Examples))
        {
            var line = example.Split([" | ", " && "], StringSplitOptions.None)[0];
            line.ShouldStartWith("trueup ");
            root.Parse(line["trueup ".Length..]).Errors.Select(e => e.Message).ShouldBeEmpty(example);
        }
    }

    private static string Keys(string section) =>
        DocumentRegions.Table(
            ["key", "meaning", "default", "example"],
            PipelineReference
                .Keys.Where(k => k.Section == section)
                .Select(k =>
                    (IReadOnlyList<string>)
                        [
                            $"`{k.Name}`{(k.Required ? " (required)" : "")}",
                            k.Description,
                            k.Default ?? "",
                            DocumentRegions.Code(k.Example),
                        ]
                )
        );

    private static string Sides(SideRole role)
    {
        var registry = Composition.Connectors.Registry;
        var text = new StringBuilder();
        foreach (var type in registry.Types(role))
        {
            text.Append($"\n### type: {type}\n\n")
                .Append(
                    DocumentRegions.Table(
                        ["option", "meaning", "default", "example"],
                        registry
                            .Find(type, role)!
                            .Options(type, role)
                            .Select(o =>
                                (IReadOnlyList<string>)
                                    [
                                        $"`{o.Name}`{(o.Required ? " (required)" : "")}",
                                        o.Choices is { } choices
                                            ? $"{o.Description} One of {string.Join(", ", choices.Select(c => $"`{c}`"))}."
                                            : o.Description,
                                        o.Default ?? "",
                                        DocumentRegions.Code(o.Example is null ? null : $"{o.Name}: {o.Example}"),
                                    ]
                            )
                    )
                );
        }
        return text.Append('\n').ToString();
    }

    private static string Options(Command command)
    {
        var arguments = command.Arguments.Select(a => (IReadOnlyList<string>)[$"`{a.Name}`", a.Description ?? ""]);
        var options = command
            .Options.Where(o => !o.Hidden && o.Name != "--help")
            .Select(o =>
                (IReadOnlyList<string>)
                    [
                        $"`{string.Join("`, `", [o.Name, .. o.Aliases.Order()])}{(o.HelpName is { } help ? $" {help}" : "")}`{(o.Required ? " (required)" : "")}",
                        o.Description ?? "",
                    ]
            );
        var rows = arguments.Concat(options).ToList();
        return rows.Count == 0 ? "" : DocumentRegions.Table(["argument or option", "meaning"], rows);
    }

    private static IEnumerable<TrueUpCommand> Commands(Command command) =>
        command.Subcommands.SelectMany(c => Commands(c).Concat(c is TrueUpCommand known ? [known] : []));
}
