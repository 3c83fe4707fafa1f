using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Testing.Memory;

/// <summary>A source in memory.</summary>
public sealed class MemorySource(MemoryTable table, MemoryFaults faults, bool canSeek) : ISource
{
    public string Name => "memory source";

    public async ValueTask<SideSchema> DescribeAsync(CancellationToken cancellationToken)
    {
        await faults.StepAsync("describe", cancellationToken);
        faults.Opening?.Invoke();
        return new SideSchema([.. table.Columns], table.KeyIsKept ? table.Key : [], [], []);
    }

    public bool CanGive(Column column, LogicalType carrier) => column.Type == carrier;

    public async ValueTask<IRowSet> OpenAsync(RowPlan plan, CancellationToken cancellationToken)
    {
        await faults.StepAsync("open", cancellationToken);
        var ordinals = plan.Columns.Select(c => table.Columns.FindIndex(t => t.Name == c.SourceName)).ToArray();
        return new MemoryRowSet(
            plan,
            [.. table.Rows.Select(r => Texts.Pick(plan.Schema, r, ordinals))],
            faults,
            canSeek
        )
        {
            Unreadable = [.. table.Unreadable],
        };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
