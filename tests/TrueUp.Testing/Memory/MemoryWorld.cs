using Microsoft.Extensions.Logging.Abstractions;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Undo;

namespace TrueUp.Testing.Memory;

/// <summary>
/// A source table, a target that does not exist yet, a pipeline between them, and an engine to run it.
/// </summary>
public sealed class MemoryWorld
{
    public MemoryWorld(params string[] columns)
    {
        Source = new MemoryTable([.. columns.Select(Column)], columns[0].Split(' ')[0]);
        Store.Tables["source"] = Source;
        Pipeline = new PipelineDefinition
        {
            Name = "test",
            Source = new SideDefinition("memory").With("table", "source"),
            Target = new SideDefinition("memory").With("table", "target"),
            Key = [columns[0].Split(' ')[0]],
            Retry = new RetryDefinition { Initial = TimeSpan.FromMilliseconds(1), Max = TimeSpan.FromMilliseconds(2) },
        };
    }

    public MemoryStore Store { get; } = new();

    public MemoryTable Source { get; }

    public MemoryTable Target => Store.Tables["target"];

    public PipelineDefinition Pipeline { get; set; }

    public MemoryAudit Audit { get; } = new();

    public MemoryImages Images { get; } = new();

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public Task<RunOutcome> RunAsync(RunOptions? options = null, CancellationToken cancellationToken = default) =>
        Engine().RunAsync(Pipeline, options ?? new RunOptions(), cancellationToken);

    public Task<RunOutcome> VerifyAsync() => Engine().VerifyAsync(Pipeline, new RunOptions(), CancellationToken.None);

    /// <summary>Undoes a run, the last one by default; null when it kept nothing.</summary>
    public Task<UndoOutcome?> UndoAsync(string? runId = null, CancellationToken cancellationToken = default) =>
        new UndoEngine(Connectors(), Audit, Images, Clock, NullLogger.Instance).UndoAsync(
            Pipeline,
            new UndoRequest(runId ?? Audit.RunId),
            cancellationToken
        );

    /// <summary>The rows as the source has them, in the target's shape.</summary>
    public IReadOnlyList<string> Expected() => Source.Lines();

    private SyncEngine Engine() => new(Connectors(), Audit, Clock, NullLogger.Instance, images: Images);

    private ConnectorRegistry Connectors() => new([new MemoryConnector(Store)]);

    private static Column Column(string text)
    {
        var parts = text.Split(' ');
        return LogicalType.TryParse(parts.Length > 1 ? parts[1] : "text", out var type)
            ? new Column(parts[0], type)
            : throw new ArgumentException($"'{text}' names no type.", nameof(text));
    }
}
