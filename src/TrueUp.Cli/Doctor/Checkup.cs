using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using TrueUp.Audit;
using TrueUp.Cli.Composition;
using TrueUp.Cli.Output;
using TrueUp.Cli.Results;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Cli.Doctor;

/// <summary>
/// The checks of one pipeline. The first kind of failure decides the exit code; later checks still run where they can.
/// </summary>
internal sealed class Checkup(ConnectorRegistry connectors, TimeProvider clock)
{
    private const int UnitsMax = 50;

    private readonly List<CheckBody> _checks = [];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<CheckBody> Checks => _checks;

    /// <summary>What a run would do now, or null when that is not known.</summary>
    public CountsBody? WouldChange { get; private set; }

    /// <summary>The first failure, or null.</summary>
    public ErrorBody? Error { get; private set; }

    /// <summary>The exit code of the first failure.</summary>
    public int ExitCode { get; private set; } = ExitCodes.Success;

    /// <summary>Adds a check.</summary>
    public void Add(string check, string status, string message, string? suggestion = null) =>
        _checks.Add(new CheckBody(check, status, message, suggestion));

    /// <summary>Notes what is wrong with the pipeline file, each finding a check.</summary>
    public void Fail(ErrorBody error, int exitCode)
    {
        foreach (var finding in error.Findings)
        {
            Add(
                "pipeline file",
                CheckStatus.Failed,
                $"{(finding.Line is { } line ? $"line {line}: " : "")}{finding.Message}",
                finding.Suggestion
            );
        }
        (Error, ExitCode) = (error, exitCode);
    }

    /// <summary>Looks at both sides and rehearses a run.</summary>
    public async Task RunAsync(
        PipelineDefinition pipeline,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var units = await TryAsync("source", () => UnitsAsync(pipeline, cancellationToken));
        if (units is null)
        {
            return;
        }
        var reachable = true;
        foreach (var unit in units.Take(UnitsMax))
        {
            reachable &= await TryAsync("source", () => SourceAsync(pipeline, unit, cancellationToken)) is not null;
            reachable &= await TryAsync("target", () => TargetAsync(pipeline, unit, cancellationToken)) is not null;
        }
        if (reachable)
        {
            await RehearseAsync(pipeline, progress, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<SideUnit>> UnitsAsync(
        PipelineDefinition pipeline,
        CancellationToken cancellationToken
    ) => await connectors.Find(pipeline.Source.Type, SideRole.Source)!.UnitsAsync(pipeline.Source, cancellationToken);

    private async Task<SideSchema> SourceAsync(
        PipelineDefinition pipeline,
        SideUnit unit,
        CancellationToken cancellationToken
    )
    {
        await using var source = connectors.Find(unit.Source.Type, SideRole.Source)!.OpenSource(unit.Source);
        var schema = await source.DescribeAsync(cancellationToken);
        Add("source", CheckStatus.Ok, $"{source.Name} can be read: {Columns(schema)}");
        var key = pipeline.Key.Count > 0 ? pipeline.Key : schema.Key;
        if (key.Count > 0)
        {
            Add(
                "key",
                CheckStatus.Ok,
                $"{string.Join(", ", key)}{(pipeline.Key.Count > 0 ? "" : ", the source's primary key")}"
            );
        }
        return schema;
    }

    private async Task<string> TargetAsync(
        PipelineDefinition pipeline,
        SideUnit unit,
        CancellationToken cancellationToken
    )
    {
        var side =
            unit.TargetTable is { } table && pipeline.Target["table"] is null
                ? pipeline.Target.With("table", table)
                : pipeline.Target;
        await using var target = connectors.Find(side.Type, SideRole.Target)!.OpenTarget(side);
        var schema = await target.DescribeAsync(cancellationToken);
        Add(
            "target",
            CheckStatus.Ok,
            schema is null
                ? $"{target.Name} does not exist yet; a run creates it"
                : $"{target.Name} can be read: {Columns(schema)}"
        );
        return target.Name;
    }

    // A dry run plans carriers, reads every record and compares: what it refuses, a run would refuse.
    private async Task RehearseAsync(
        PipelineDefinition pipeline,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var engine = new SyncEngine(connectors, new SilentAudit("doctor"), clock, NullLogger.Instance);
        var outcome = await engine.RunAsync(
            pipeline,
            new RunOptions { DryRun = true, Progress = progress },
            cancellationToken
        );
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var warning in outcome.Units.SelectMany(u => u.Warnings))
        {
            Add("columns", CheckStatus.Warning, warning.Message, warning.Suggestion);
        }
        if (outcome.Error is { } error)
        {
            Refused(error, RunVerdict.ExitCode(outcome));
            return;
        }
        var counts = outcome.Counts;
        WouldChange = CountsBody.Of(counts);
        Add("columns", CheckStatus.Ok, "both sides hold every column exactly");
        Add(
            "records",
            counts.Skipped == 0 ? CheckStatus.Ok : CheckStatus.Warning,
            Number($"{counts.Source:N0} read, {counts.Skipped:N0} set apart"),
            counts.Skipped == 0 ? null : "Correct them in the source; a run puts them into the dead letters."
        );
        Add(
            "run",
            CheckStatus.Ok,
            Number($"would be {counts.Created:N0} created, {counts.Updated:N0} updated, {counts.Deleted:N0} deleted")
        );
    }

    private void Refused(RunError error, int exitCode)
    {
        var findings = error.Findings.Where(f => f.IsError).ToList();
        foreach (var finding in findings)
        {
            Add("columns", CheckStatus.Failed, finding.Message, finding.Suggestion);
        }
        if (findings.Count == 0)
        {
            Add("run", CheckStatus.Failed, error.Message, error.Suggestion);
        }
        Note(RunVerdict.Body(error), exitCode);
    }

    private async Task<T?> TryAsync<T>(string check, Func<Task<T>> look)
        where T : class
    {
        try
        {
            return await look();
        }
        catch (SideException exception)
        {
            Add(check, CheckStatus.Failed, exception.Message, exception.Suggestion);
            Note(new ErrorBody(exception.Code, exception.Message, exception.Suggestion), ExitCodes.Environment);
            return null;
        }
    }

    private void Note(ErrorBody error, int exitCode)
    {
        if (Error is null)
        {
            (Error, ExitCode) = (error, exitCode);
        }
    }

    private static string Columns(SideSchema schema) =>
        schema.Columns.Count == 1
            ? "one column"
            : string.Create(CultureInfo.InvariantCulture, $"{schema.Columns.Count} columns");

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
