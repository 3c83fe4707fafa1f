namespace TrueUp.Store.Audit;

/// <summary>
/// Decides which record entries of a run are in <c>sync_record_logs</c> as well (the first <see cref="EntriesMax"/>
/// failures and as many others), and gathers them for bulk writes.
/// </summary>
internal sealed class RecordMirror
{
    /// <summary>Entries of either kind.</summary>
    public const int EntriesMax = 10_000;

    private const int BatchMin = 512;

    private readonly Lock _gate = new();
    private List<MirrorRow> _pending = [];
    private int _successes;
    private int _failures;

    /// <summary>How many of the next entries are taken.</summary>
    public int Take(int count, bool succeeded)
    {
        lock (_gate)
        {
            ref var taken = ref succeeded ? ref _successes : ref _failures;
            var take = Math.Min(count, EntriesMax - taken);
            taken += take;
            return take;
        }
    }

    /// <summary>Adds rows.</summary>
    /// <returns>What should be written now, or null.</returns>
    public MirrorRow[]? Add(IEnumerable<MirrorRow> rows)
    {
        lock (_gate)
        {
            _pending.AddRange(rows);
            return _pending.Count >= BatchMin ? Empty() : null;
        }
    }

    /// <summary>Takes rows back that could not be written now.</summary>
    public void PutBack(MirrorRow[] rows)
    {
        lock (_gate)
        {
            _pending.InsertRange(0, rows);
        }
    }

    /// <summary>What is left to be written.</summary>
    public MirrorRow[] Drain()
    {
        lock (_gate)
        {
            return Empty();
        }
    }

    private MirrorRow[] Empty()
    {
        var rows = _pending.ToArray();
        _pending = [];
        return rows;
    }
}
