using Microsoft.Extensions.Logging.Abstractions;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Sides;
using TrueUp.Testing.Memory;

namespace TrueUp.Testing.Simulation;

/// <summary>One run of the real engine, with what the simulation knows about it from outside.</summary>
internal sealed class SimulatedRun(int number, PipelineDefinition pipeline, MemoryStore store, bool readOnly)
{
    public int Number => number;

    public PipelineDefinition Pipeline => pipeline;

    /// <summary>Its view of the store: tables are everybody's, faults its own.</summary>
    public MemoryStore Store => store;

    public bool ReadOnly => readOnly;

    public MemoryAudit Audit { get; } = new() { Name = $"run-{number}" };

    public CancellationTokenSource Cancellation { get; } = new();

    public Task<RunOutcome> Outcome { get; private set; } = null!;

    /// <summary>True once it is abandoned: whatever it still asks for never comes.</summary>
    public bool IsCrashed { get; set; }

    /// <summary>The step before which it stands still.</summary>
    public long PausedUntil { get; set; }

    /// <summary>The epoch it was given last; 0 before.</summary>
    public long Epoch { get; set; }

    /// <summary>How many epochs had begun when its attempt opened the source.</summary>
    public long EpochsAtOpen { get; set; }

    /// <summary>The source as its attempt opened it.</summary>
    public SourceView? Source { get; set; }

    /// <summary>Which version of the source that was.</summary>
    public long SourceVersion { get; set; }

    /// <summary>The target's rows when it opened them last.</summary>
    public Dictionary<string, ModelRow> Target { get; set; } = [];

    /// <summary>Rows it deleted since then.</summary>
    public long Deleted { get; set; }

    /// <summary>Keys of rows the target refused in this attempt.</summary>
    public HashSet<string> Refused { get; } = new(StringComparer.Ordinal);

    /// <summary>Rows of the batch that is being applied.</summary>
    public int BatchRows { get; set; }

    /// <summary>Whether the next row that is written is dropped.</summary>
    public bool LosesNext { get; set; }

    /// <summary>Keys of rows that were dropped from the batch that is being applied.</summary>
    public HashSet<string> Lost { get; } = new(StringComparer.Ordinal);

    /// <summary>Rows committed but not acknowledged yet, by kind.</summary>
    public long[] Unacknowledged { get; } = new long[3];

    /// <summary>Rows committed and acknowledged, by kind.</summary>
    public long[] Acknowledged { get; } = new long[3];

    /// <summary>Rows it really changed.</summary>
    public long Changed { get; set; }

    /// <summary>Starts the engine, which goes as far as its first operation.</summary>
    public void Start(TimeProvider clock, Random random, RunOptions options)
    {
        var engine = new SyncEngine(
            new ConnectorRegistry([new MemoryConnector(store)]),
            Audit,
            clock,
            NullLogger.Instance
        )
        {
            NewSeed = () => random.NextInt64(long.MinValue, long.MaxValue),
        };
        Outcome =
            readOnly && !options.DryRun
                ? engine.VerifyAsync(pipeline, options, Cancellation.Token)
                : engine.RunAsync(pipeline, options, Cancellation.Token);
    }

    /// <summary>Another attempt begins.</summary>
    public void Forget()
    {
        Source = null;
        Target = [];
        Refused.Clear();
    }
}
