using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>Cuts key tuples out of rows without allocating one for each.</summary>
internal sealed class KeyWriter : IDisposable
{
    private readonly RowBatchBuilder _builder;
    private readonly IReadOnlyList<int> _ordinals;

    /// <param name="plan">Whose keys.</param>
    /// <param name="schema">What the rows hold: whole rows by default.</param>
    public KeyWriter(RowPlan plan, RowSchema? schema = null)
    {
        _builder = new RowBatchBuilder(plan.KeySchema);
        _ordinals = (schema ?? plan.Schema).KeyOrdinals;
    }

    /// <summary>The key tuple of a row; valid until the next call.</summary>
    public ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> row)
    {
        _builder.CancelRow();
        _builder.BeginRow();
        foreach (var ordinal in _ordinals)
        {
            if (FieldReader.At(row, ordinal, out var value))
            {
                _builder.WriteField(value);
            }
            else
            {
                _builder.WriteNull();
            }
        }
        return _builder.CurrentRow;
    }

    public void Dispose() => _builder.Dispose();
}
