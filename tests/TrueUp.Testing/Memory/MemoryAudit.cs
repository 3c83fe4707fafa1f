using TrueUp.Audit;
using TrueUp.Rows;
using TrueUp.Runs;

namespace TrueUp.Testing.Memory;

/// <summary>Keeps a run's trail in lists. Units may call at the same time.</summary>
public sealed class MemoryAudit : IAuditLog, IRunAudit
{
    private readonly Lock _gate = new();
    private int _runs;

    public List<RunStart> Starts { get; } = [];

    public List<(RecordOperation Operation, string Key, string? Error)> RecordEntries { get; } = [];

    public List<AuditError> Errors { get; } = [];

    public List<DifferenceList> Gaps { get; } = [];

    public List<DeadLetter> DeadLetters { get; } = [];

    public List<AuditRecovery> Recoveries { get; } = [];

    public List<UnitOutcome> Units { get; } = [];

    public List<RunOutcome> Completed { get; } = [];

    /// <summary>The run's id; by default runs are numbered.</summary>
    public string? Name { get; init; }

    public string RunId => Name ?? $"run-{_runs}";

    /// <summary>When the last self-test was, as a control database would say.</summary>
    public DateTimeOffset? LastSelfTest { get; set; }

    public ValueTask<DateTimeOffset?> LastSelfTestAsync(string pipeline, CancellationToken cancellationToken) =>
        new(LastSelfTest);

    public ValueTask<IReadOnlyList<PhaseTimes>> RecentPhasesAsync(
        string pipeline,
        int limit,
        CancellationToken cancellationToken
    ) =>
        new([
            .. Completed
                .AsEnumerable()
                .Reverse()
                .Where(c =>
                    c is { Status: RunStatus.Completed, VerifyOnly: false, DryRun: false, OnlyUnits.Count: 0 }
                    && c.Pipeline == pipeline
                    && c.UndoneRun is null
                )
                .Take(limit)
                .Select(c => c.Phases),
        ]);

    public ValueTask<IRunAudit> StartAsync(RunStart start, CancellationToken cancellationToken)
    {
        Starts.Add(start);
        _runs++;
        return new(this);
    }

    public void Records(string unit, RecordOperation operation, RowBatch rows, bool bulk)
    {
        lock (_gate)
        {
            for (var i = 0; i < rows.Count; i++)
            {
                RecordEntries.Add((operation, KeyText.Of(rows.Schema, rows.Row(i)), null));
            }
        }
    }

    public void Record(string unit, RecordOperation operation, string key, string? error) =>
        Add(RecordEntries, (operation, key, error));

    public ValueTask ErrorAsync(AuditError error, CancellationToken cancellationToken) => Put(Errors, error);

    public ValueTask GapsAsync(string unit, DifferenceList differences, CancellationToken cancellationToken) =>
        Put(Gaps, differences);

    public ValueTask DeadLetterAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        Put(DeadLetters, letter);

    /// <summary>Called after each recovery was recorded; may throw.</summary>
    public Action<AuditRecovery>? RecoveryRecorded { get; set; }

    public ValueTask RecoveryAsync(AuditRecovery recovery, CancellationToken cancellationToken)
    {
        Add(Recoveries, recovery);
        RecoveryRecorded?.Invoke(recovery);
        return ValueTask.CompletedTask;
    }

    /// <summary>Called after each unit was recorded; may throw.</summary>
    public Action<UnitOutcome>? UnitRecorded { get; set; }

    public ValueTask UnitAsync(UnitOutcome outcome, CancellationToken cancellationToken)
    {
        Add(Units, outcome);
        UnitRecorded?.Invoke(outcome);
        return ValueTask.CompletedTask;
    }

    public ValueTask CompleteAsync(RunOutcome outcome, CancellationToken cancellationToken) => Put(Completed, outcome);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ValueTask Put<T>(List<T> list, T entry)
    {
        Add(list, entry);
        return ValueTask.CompletedTask;
    }

    private void Add<T>(List<T> list, T entry)
    {
        lock (_gate)
        {
            list.Add(entry);
        }
    }
}
