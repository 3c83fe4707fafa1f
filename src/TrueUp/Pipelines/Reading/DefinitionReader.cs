using TrueUp.Pipelines.Yaml;
using TrueUp.Sides;

namespace TrueUp.Pipelines.Reading;

/// <summary>
/// Turns the tree of a pipeline file into a definition. What is missing or unusable is a finding and a default.
/// </summary>
internal sealed class DefinitionReader(
    FindingList findings,
    ConnectorRegistry connectors,
    Func<string, string?> environment,
    string? file
)
{
    /// <summary>Reads the root of the document.</summary>
    public PipelineDefinition Read(YamlMap root)
    {
        var section = new Section(root, "", findings);
        section.Require("name", "Add `name: ` and what the pipeline is called.");
        section.Require("source", "Add `source: {type: csv, path: …}`, or another type.");
        section.Require("target", "Add `target: {type: sqlite, path: …, table: …}`, or another type.");
        var references = new EnvironmentReferences(environment);
        var sides = new SideReader(findings, connectors, references, Folder());
        var defaults = new PipelineDefinition
        {
            Name = section.Text("name") ?? "",
            Source = sides.Read(section.Node("source"), SideRole.Source),
            Target = sides.Read(section.Node("target"), SideRole.Target),
        };
        return defaults with
        {
            Key = section.Texts("key") ?? [],
            Columns = new ColumnReader(findings).Read(section.Node("columns")),
            OtherColumns = section.Flag("other_columns", defaults.OtherColumns),
            Mode = section.Choice<SyncMode>("mode") ?? defaults.Mode,
            Follow = section.Flag("follow", defaults.Follow),
            Schedule = Schedule(section),
            Rules = new RuleReader(findings).Read(section.Node("rules")),
            UpdatedAt = section.Text("updated_at"),
            Duplicates = section.Choice<DuplicatePolicy>("duplicates") ?? defaults.Duplicates,
            NewColumns = section.Choice<NewColumnPolicy>("new_columns") ?? defaults.NewColumns,
            MaxDeletes = section.Allowance("max_deletes") ?? defaults.MaxDeletes,
            Undo = section.Flag("undo", defaults.Undo),
            Parallel = section.Number("parallel") ?? defaults.Parallel,
            MaxRowBytes = (int)Math.Min(section.Bytes("max_row") ?? defaults.MaxRowBytes, int.MaxValue),
            Verify = Verify(section.Inner("verify", "verify"), defaults.Verify),
            Retry = Retry(section.Inner("retry", "retry"), defaults.Retry),
            Witness = new WitnessReader(findings, references, Folder()).Read(section.Inner("witness", "witness")),
            Audit = section.Inner("audit", "audit")?.Choice<AuditLevel>("records") ?? defaults.Audit,
        };
    }

    private static ScheduleDefinition? Schedule(Section pipeline)
    {
        if (pipeline.Inner("schedule", "schedule") is not { } section)
        {
            return null;
        }
        var defaults = new ScheduleDefinition();
        return new ScheduleDefinition
        {
            Every = section.Time("every"),
            Cron = section.Text("cron"),
            Zone = section.Text("zone") ?? defaults.Zone,
            AllowSeconds = section.Flag("allow_seconds", defaults.AllowSeconds),
            Missed = section.Choice<MissedPolicy>("missed") ?? defaults.Missed,
            VerifyOnly = section.Flag("verify_only", defaults.VerifyOnly),
        };
    }

    private static VerifyDefinition Verify(Section? section, VerifyDefinition defaults) =>
        section is null
            ? defaults
            : new()
            {
                Content = section.Flag("content", defaults.Content),
                Repair = section.Flag("repair", defaults.Repair),
                Attempts = section.Number("attempts") ?? defaults.Attempts,
                Throttle = section.Percentage("throttle") ?? defaults.Throttle,
                SelfTest = section.Choice<SelfTestPolicy>("self_test") ?? defaults.SelfTest,
                AllowUnproven = section.Allowance("allow_unproven") ?? defaults.AllowUnproven,
            };

    private static RetryDefinition Retry(Section? section, RetryDefinition defaults) =>
        section is null
            ? defaults
            : new()
            {
                Attempts = section.Number("attempts") ?? defaults.Attempts,
                Initial = section.Time("initial") ?? defaults.Initial,
                Factor = section.Real("factor") ?? defaults.Factor,
                Max = section.Time("max") ?? defaults.Max,
            };

    private string Folder() =>
        file is null ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(file))!;
}
