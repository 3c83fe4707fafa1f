namespace TrueUp.Rows;

/// <summary>The columns of a row that travels, in order, and which of them are its key.</summary>
public sealed class RowSchema
{
    private readonly TypeCodec[] _codecs;

    /// <param name="columns">The columns in tuple order.</param>
    /// <param name="keyOrdinals">Positions of the key columns, in key order; empty when there is no key.</param>
    public RowSchema(IReadOnlyList<Column> columns, IReadOnlyList<int> keyOrdinals)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(keyOrdinals);
        Columns = columns;
        KeyOrdinals = keyOrdinals;
        _codecs = [.. columns.Select(c => TypeCodec.For(c.Type))];
    }

    /// <summary>The columns in tuple order.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Positions of the key columns in <see cref="Columns"/>, in key order.</summary>
    public IReadOnlyList<int> KeyOrdinals { get; }

    /// <summary>The codec of each column.</summary>
    public ReadOnlySpan<TypeCodec> Codecs => _codecs;

    /// <summary>The schema of a tuple that has the key columns alone, in key order.</summary>
    public RowSchema KeySchema =>
        field ??= new RowSchema([.. KeyOrdinals.Select(o => Columns[o])], [.. Enumerable.Range(0, KeyOrdinals.Count)]);

    /// <summary>The position of a column, or -1.</summary>
    public int OrdinalOf(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (string.Equals(Columns[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }
        return -1;
    }
}
