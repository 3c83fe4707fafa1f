using System.Text;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Testing.Memory;

/// <summary>A target in memory that keeps to the contract of <see cref="ITargetWriter"/>.</summary>
public sealed class MemoryTarget(MemoryStore store, string name) : ICanaryTarget
{
    public string Name => "memory target";

    private MemoryTable Table => store.Tables[name];

    public ValueTask<SideSchema?> DescribeAsync(CancellationToken cancellationToken)
    {
        store.TargetFaults.Opening?.Invoke();
        return new(
            store.Tables.TryGetValue(name, out var table) ? new SideSchema([.. table.Columns], table.Key, [], []) : null
        );
    }

    public bool CanHold(Column column, LogicalType carrier) => column.Type == carrier;

    public ValueTask<LogicalType?> CarrierForNewAsync(LogicalType type, CancellationToken cancellationToken) =>
        new(type);

    public ValueTask PrepareAsync(
        RowPlan plan,
        bool create,
        IReadOnlyList<string> addColumns,
        CancellationToken cancellationToken
    )
    {
        if (create)
        {
            store.Tables[name] = new MemoryTable(plan.Schema.Columns, [.. plan.KeySchema.Columns.Select(c => c.Name)]);
            return ValueTask.CompletedTask;
        }
        var before = Table.Columns.Count;
        Table.Columns.AddRange(plan.Schema.Columns.Where(c => addColumns.Contains(c.Name)));
        var ordinals = Enumerable.Range(0, Table.Columns.Count).Select(i => i < before ? i : -1).ToArray();
        for (var i = 0; i < Table.Rows.Count; i++)
        {
            Table.Rows[i] = Texts.Pick(Table.Schema, Table.Rows[i], ordinals);
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask<IRowSet> OpenAsync(RowPlan plan, CancellationToken cancellationToken)
    {
        var ordinals = plan.Columns.Select(c => Table.Columns.FindIndex(t => t.Name == c.TargetName)).ToArray();
        return new(
            new MemoryRowSet(
                plan,
                [.. Table.Rows.Select(r => Texts.Pick(plan.Schema, r, ordinals))],
                store.TargetFaults,
                canSeek: true
            )
        );
    }

    public ValueTask<TargetState?> ReadStateAsync(string pipeline, CancellationToken cancellationToken) =>
        new(store.States.TryGetValue(pipeline, out var state) ? state : null);

    public ValueTask<ITargetWriter> BeginAsync(
        string pipeline,
        string runId,
        RowPlan plan,
        CancellationToken cancellationToken
    )
    {
        var epoch = (store.States.TryGetValue(pipeline, out var state) ? state.Epoch : 0) + 1;
        store.States[pipeline] = new TargetState(epoch, runId, state?.Proof);
        return new(new Writer(store, Table, pipeline, epoch, plan));
    }

    public ValueTask<IReadOnlySet<string>> MissingAsync(
        string table,
        string column,
        IReadOnlyCollection<string> values,
        CancellationToken cancellationToken
    )
    {
        var other = store.Tables[table];
        var ordinal = other.Columns.FindIndex(c => c.Name == column);
        var there = other
            .Rows.Select(r => FieldReader.At(r, ordinal, out var value) ? Encoding.UTF8.GetString(value) : "")
            .ToHashSet();
        return new(values.Where(v => !there.Contains(v)).ToHashSet());
    }

    public ValueTask DropCanaryAsync(string pipeline, CancellationToken cancellationToken)
    {
        store.Tables.Remove(name);
        store.States.Remove(pipeline);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Writer(MemoryStore store, MemoryTable table, string pipeline, long epoch, RowPlan plan)
        : ITargetWriter
    {
        private readonly RowHasher _hasher = new(plan.Schema);

        public long Epoch => epoch;

        public ValueTask<IReadOnlyList<int>> ApplyAsync(ChangeBatch batch, CancellationToken cancellationToken)
        {
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
            return new(conflicts);
        }

        public ValueTask BuildKeyAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask EndLoadAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask SaveProofAsync(string proof, CancellationToken cancellationToken)
        {
            Fence();
            store.States[pipeline] = store.States[pipeline] with { Proof = proof };
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private void Fence()
        {
            if (store.States[pipeline].Epoch != epoch)
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
                && _hasher.HashRow(InPlan(table.Rows[index]), batch.Seed) == batch.Expected.Span[i];
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
