using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Undo;

/// <summary>Collects rows that one kind of change is to write.</summary>
internal sealed class ChangeBuilder(ChangeKind kind, RowPlan plan, int rowsMax, long seed) : IDisposable
{
    private readonly RowBatchBuilder _rows = new(plan.Schema, rowsMax);
    private readonly List<long> _expected = [];

    /// <summary>Adds a row whose key is free, or of which nothing is expected.</summary>
    public void Add(ReadOnlySpan<byte> row) => _rows.WriteTuple(row);

    /// <summary>Adds a row that takes the place of one with this hash.</summary>
    public void Add(ReadOnlySpan<byte> row, long expected)
    {
        _rows.WriteTuple(row);
        _expected.Add(expected);
    }

    /// <summary>Adds what was collected to a spool.</summary>
    public void MoveTo(ChangeSpool spool)
    {
        using var rows = _rows.Build();
        if (rows.Count > 0)
        {
            spool.Add(new ChangeBatch(kind, rows, _expected.ToArray(), seed));
        }
    }

    public void Dispose() => _rows.Dispose();
}
