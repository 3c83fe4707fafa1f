using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Testing.Memory;

namespace TrueUp.Tests.Runs;

/// <summary>A pipeline of several tables in memory, with a gate at which units wait for one another.</summary>
internal sealed class ManyUnits
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _open = New();
    private int _waiting;

    public ManyUnits(int count, int rows = 10)
    {
        Names = [.. Enumerable.Range(1, count).Select(i => $"t{i}")];
        World = new MemoryWorld("id int32", "name");
        foreach (var name in Names)
        {
            var table = new MemoryTable(World.Source.Columns, "id");
            for (var i = 1; i <= rows; i++)
            {
                table.Add($"{i}", name);
            }
            World.Store.Tables[name] = table;
        }
        World.Pipeline = World.Pipeline with
        {
            Key = [],
            Source = new SideDefinition("memory").With("tables", [.. Names]),
            Target = new SideDefinition("memory"),
        };
    }

    public IReadOnlyList<string> Names { get; }

    public MemoryWorld World { get; }

    /// <summary>Units that were between taking their epoch and proving, at most at the same time.</summary>
    public int AtOnceMost { get; private set; }

    private int AtOnce { get; set; }

    /// <summary>A table whose unit is refused: nothing keeps its rows apart.</summary>
    public void Break(string table) => World.Store.Tables[table].KeyIsKept = false;

    public MemoryTable Target(string table) => World.Store.Tables[table + "_copy"];

    /// <summary>Units wait after their epoch until so many have one; a run that does not get there hangs.</summary>
    public void Meet(int together, Action? met = null) =>
        World.Store.TargetFaults.Step = async (step, token) =>
        {
            if (step == "begun")
            {
                await ArriveAsync(together, met).WaitAsync(token);
            }
            if (step == "proved")
            {
                lock (_lock)
                {
                    AtOnce--;
                }
            }
        };

    private Task ArriveAsync(int together, Action? met)
    {
        lock (_lock)
        {
            AtOnceMost = Math.Max(AtOnceMost, ++AtOnce);
            var open = _open;
            if (++_waiting == together)
            {
                _waiting = 0;
                _open = New();
                met?.Invoke();
                open.SetResult();
            }
            return open.Task;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
