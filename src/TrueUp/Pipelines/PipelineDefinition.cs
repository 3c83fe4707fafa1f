namespace TrueUp.Pipelines;

/// <summary>A named flow as the user declared it. Nothing here changes while it runs.</summary>
public sealed record PipelineDefinition
{
    /// <summary>The name; letters, digits, <c>_</c>, <c>-</c> and <c>.</c>, at most 100.</summary>
    public required string Name { get; init; }

    /// <summary>Where rows come from.</summary>
    public required SideDefinition Source { get; init; }

    /// <summary>Where rows go to.</summary>
    public required SideDefinition Target { get; init; }

    /// <summary>Target names of the key columns; empty to take the source's primary key.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>
    /// Columns declared by name, for renaming and typing; the source's other columns follow <see cref="OtherColumns"/>.
    /// </summary>
    public IReadOnlyList<ColumnDefinition> Columns { get; init; } = [];

    /// <summary>
    /// Whether columns of the source that are not declared are synchronised too, under their own names.
    /// </summary>
    public bool OtherColumns { get; init; } = true;

    /// <summary>What Policy allows and Prove must show.</summary>
    public SyncMode Mode { get; init; } = SyncMode.Mirror;

    /// <summary>Whether to keep following the source's change feed.</summary>
    public bool Follow { get; init; }

    /// <summary>When it runs by itself, or null for on demand only.</summary>
    public ScheduleDefinition? Schedule { get; init; }

    /// <summary>Checks of each record.</summary>
    public IReadOnlyList<RuleDefinition> Rules { get; init; } = [];

    /// <summary>Target name of the column by which the newer of two rows wins (upsert), or null.</summary>
    public string? UpdatedAt { get; init; }

    /// <summary>What to do with several records of one key.</summary>
    public DuplicatePolicy Duplicates { get; init; } = DuplicatePolicy.Refuse;

    /// <summary>What to do when the source has a column that the existing target lacks.</summary>
    public NewColumnPolicy NewColumns { get; init; } = NewColumnPolicy.Add;

    /// <summary>How much of the target a mirror may delete in one run.</summary>
    public Allowance MaxDeletes { get; init; } = Allowance.OfPercent(30);

    /// <summary>How the result is proven.</summary>
    public VerifyDefinition Verify { get; init; } = new();

    /// <summary>How failures that may pass are retried.</summary>
    public RetryDefinition Retry { get; init; } = new();

    /// <summary>Who outside is told of each receipt, or null for nobody.</summary>
    public WitnessDefinition? Witness { get; init; }

    /// <summary>Which records the audit lists one by one.</summary>
    public AuditLevel Audit { get; init; } = AuditLevel.Changes;

    /// <summary>Whether rows are kept before they are overwritten or deleted, so that a run can be undone.</summary>
    public bool Undo { get; init; } = true;

    /// <summary>How many units run at the same time at most; fewer where the target bears fewer.</summary>
    public int Parallel { get; init; } = 5;

    /// <summary>The longest row that is carried, in bytes of its transport form.</summary>
    public int MaxRowBytes { get; init; } = 32 << 20;

    /// <summary>The absolute path of the file it was read from, or null.</summary>
    public string? File { get; init; }

    /// <summary>
    /// SHA-256 of that file's bytes in lower-case hex, or null: which version of the pipeline a run ran.
    /// </summary>
    public string? FileHash { get; init; }
}
