using System.Text;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Testing.Memory;

/// <summary>A target in memory that keeps to the contract of <see cref="ITargetWriter"/>.</summary>
public sealed class MemoryTarget(MemoryStore store, string name, string? owns = null) : ICanaryTarget
{
    public string Name => "memory target";

    private MemoryTable Table => store.Tables[name];

    public async ValueTask<SideSchema?> DescribeAsync(CancellationToken cancellationToken)
    {
        await store.TargetFaults.StepAsync("describe", cancellationToken);
        store.TargetFaults.Opening?.Invoke();
        return store.Tables.TryGetValue(name, out var table)
            ? new SideSchema([.. table.Columns], table.Key, [], [])
            : null;
    }

    public bool CanHold(Column column, LogicalType carrier) => column.Type == carrier;

    public ValueTask<LogicalType?> CarrierForNewAsync(LogicalType type, CancellationToken cancellationToken) =>
        new(type);

    public async ValueTask PrepareAsync(
        RowPlan plan,
        bool create,
        IReadOnlyList<string> addColumns,
        CancellationToken cancellationToken
    )
    {
        await store.TargetFaults.StepAsync("prepare", cancellationToken);
        if (create)
        {
            store.Tables.TryAdd(
                name,
                new MemoryTable(plan.Schema.Columns, [.. plan.KeySchema.Columns.Select(c => c.Name)])
            );
            return;
        }
        var before = Table.Columns.Count;
        Table.Columns.AddRange(plan.Schema.Columns.Where(c => addColumns.Contains(c.Name)));
        var ordinals = Enumerable.Range(0, Table.Columns.Count).Select(i => i < before ? i : -1).ToArray();
        for (var i = 0; i < Table.Rows.Count; i++)
        {
            Table.Rows[i] = Texts.Pick(Table.Schema, Table.Rows[i], ordinals);
        }
    }

    public async ValueTask<IRowSet> OpenAsync(RowPlan plan, CancellationToken cancellationToken)
    {
        await store.TargetFaults.StepAsync("open", cancellationToken);
        var ordinals = plan.Columns.Select(c => Table.Columns.FindIndex(t => t.Name == c.TargetName)).ToArray();
        var scope = Scope.Of(Table, owns);
        List<byte[]> rows = [.. Table.Rows.Where(scope.Has).Select(r => Texts.Pick(plan.Schema, r, ordinals))];
        return new MemoryRowSet(
            plan,
            store.TargetFaults.Shown is { } shown ? shown(rows) : rows,
            store.TargetFaults,
            canSeek: true
        );
    }

    public async ValueTask<TargetState?> ReadStateAsync(string pipeline, CancellationToken cancellationToken)
    {
        await store.TargetFaults.StepAsync("state", cancellationToken);
        return store.States.TryGetValue(pipeline, out var state) ? state : null;
    }

    public async ValueTask<ITargetWriter> BeginAsync(
        string pipeline,
        string runId,
        long? after,
        RowPlan plan,
        CancellationToken cancellationToken
    )
    {
        await store.TargetFaults.StepAsync("begin", cancellationToken);
        var epoch = (store.States.TryGetValue(pipeline, out var state) ? state.Epoch : 0) + 1;
        if (after is { } seen && epoch != seen + 1)
        {
            throw new FencedException(pipeline, seen);
        }
        store.States[pipeline] = new TargetState(epoch, runId, state?.Proof);
        await store.TargetFaults.StepAsync("begun", cancellationToken);
        return new Writer(store, Table, Scope.Of(Table, owns), pipeline, epoch, plan);
    }

    public async ValueTask<IReadOnlySet<string>> MissingAsync(
        string table,
        string column,
        IReadOnlyCollection<string> values,
        CancellationToken cancellationToken
    )
    {
        await store.TargetFaults.StepAsync("missing", cancellationToken);
        var other = store.Tables[table];
        var ordinal = other.Columns.FindIndex(c => c.Name == column);
        var there = other
            .Rows.Select(r => FieldReader.At(r, ordinal, out var value) ? Encoding.UTF8.GetString(value) : "")
            .ToHashSet();
        return values.Where(v => !there.Contains(v)).ToHashSet();
    }

    public ValueTask DropCanaryAsync(string pipeline, CancellationToken cancellationToken)
    {
        store.Tables.TryRemove(name, out _);
        store.States.TryRemove(pipeline, out _);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Which rows of a table a pipeline owns: all, or those with a value in a column.</summary>
    private sealed record Scope(int Ordinal, byte[] Value)
    {
        public static Scope Of(MemoryTable table, string? owns)
        {
            var parts = owns?.Split('=');
            return parts is null
                ? new Scope(-1, [])
                : new Scope(table.Columns.FindIndex(c => c.Name == parts[0]), Encoding.UTF8.GetBytes(parts[1]));
        }

        public bool Has(byte[] row) =>
            Ordinal < 0 || (FieldReader.At(row, Ordinal, out var value) && value.SequenceEqual(Value));
    }

    private sealed class Writer(
        MemoryStore store,
        MemoryTable table,
        Scope scope,
        string pipeline,
        long epoch,
        RowPlan plan
    ) : ITargetWriter
    {
        private readonly RowHasher _hasher = new(plan.Schema);

        public long Epoch => epoch;

        public async ValueTask<IReadOnlyList<int>> ApplyAsync(ChangeBatch batch, CancellationToken cancellationToken)
        {
            await store.TargetFaults.StepAsync("apply", cancellationToken);
            store.TargetFaults.Applying?.Invoke(batch);
            Fence();
            RefuseIfAsked(batch);
            store.Applied += batch.Rows.Count;
            var conflicts = new List<int>();
            for (var i = 0; i < batch.Rows.Count; i++)
            {
                var key =
                    batch.Kind == ChangeKind.Delete
                        ? batch.Rows.Row(i).ToArray()
                        : Texts.KeyOf(plan.Schema, batch.Rows.Row(i));
                var index = table.IndexOf(key);
                if (!Apply(batch, i, index))
                {
                    conflicts.Add(i);
                }
            }
            store.TargetFaults.Applied?.Invoke(batch);
            await store.TargetFaults.StepAsync("applied", cancellationToken);
            return conflicts;
        }

        public async ValueTask BuildKeyAsync(CancellationToken cancellationToken) =>
            await store.TargetFaults.StepAsync("build", cancellationToken);

        public async ValueTask EndLoadAsync(CancellationToken cancellationToken)
        {
            await store.TargetFaults.StepAsync("end load", cancellationToken);
            Fence();
        }

        public async ValueTask SaveProofAsync(string proof, CancellationToken cancellationToken)
        {
            await store.TargetFaults.StepAsync("prove", cancellationToken);
            Fence();
            store.States[pipeline] = store.States[pipeline] with { Proof = proof };
            await store.TargetFaults.StepAsync("proved", cancellationToken);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private void Fence()
        {
            if (store.States[pipeline].Epoch != epoch && !store.TargetFaults.IgnoresEpoch)
            {
                throw new FencedException(pipeline, epoch);
            }
        }

        private void RefuseIfAsked(ChangeBatch batch)
        {
            for (var i = 0; i < batch.Rows.Count; i++)
            {
                if (store.TargetFaults.Refuses?.Invoke(batch.Rows.Schema, batch.Rows.Row(i).ToArray()) == true)
                {
                    throw new SideException(ErrorType.Database, "a constraint refuses a row", "mend the row")
                    {
                        Code = "constraint_violation",
                        IsRecordFault = true,
                    };
                }
            }
        }

        private bool Apply(ChangeBatch batch, int i, int index)
        {
            var exists = index >= 0;
            var unchanged =
                exists
                && batch.Kind != ChangeKind.Create
                && scope.Has(table.Rows[index])
                && (
                    store.TargetFaults.IgnoresExpected
                    || _hasher.HashRow(InPlan(table.Rows[index]), batch.Seed) == batch.Expected.Span[i]
                );
            if (batch.Kind == ChangeKind.Create ? exists : !unchanged)
            {
                return false;
            }
            if (batch.Kind == ChangeKind.Delete)
            {
                table.Rows.RemoveAt(index);
                return true;
            }
            var row = store.TargetFaults.Corrupt is { } corrupt
                ? corrupt(batch.Rows.Row(i).ToArray())
                : batch.Rows.Row(i).ToArray();
            if (row is null)
            {
                return true;
            }
            var ordinals = table.Columns.Select(c => plan.Schema.OrdinalOf(c.Name)).ToArray();
            var whole = Texts.Pick(table.Schema, row, ordinals);
            if (exists)
            {
                table.Rows[index] = whole;
            }
            else
            {
                table.Rows.Add(whole);
            }
            return true;
        }

        private byte[] InPlan(byte[] row) =>
            Texts.Pick(
                plan.Schema,
                row,
                [.. plan.Columns.Select(c => table.Columns.FindIndex(t => t.Name == c.TargetName))]
            );
    }
}
