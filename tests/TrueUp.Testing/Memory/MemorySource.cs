using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Testing.Memory;

/// <summary>A source in memory.</summary>
public sealed class MemorySource(MemoryTable table, MemoryFaults faults, bool canSeek) : ISource
{
    public string Name => "memory source";

    public ValueTask<SideSchema> DescribeAsync(CancellationToken cancellationToken)
    {
        faults.Opening?.Invoke();
        return new(new SideSchema([.. table.Columns], table.KeyIsKept ? table.Key : [], [], []));
    }

    public bool CanGive(Column column, LogicalType carrier) => column.Type == carrier;

    public ValueTask<IRowSet> OpenAsync(RowPlan plan, CancellationToken cancellationToken)
    {
        var ordinals = plan.Columns.Select(c => table.Columns.FindIndex(t => t.Name == c.SourceName)).ToArray();
        return new(
            new MemoryRowSet(plan, [.. table.Rows.Select(r => Texts.Pick(plan.Schema, r, ordinals))], faults, canSeek)
        );
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
