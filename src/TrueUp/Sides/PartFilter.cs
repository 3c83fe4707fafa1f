using System.Collections;
using TrueUp.Digests;
using TrueUp.Rows;

namespace TrueUp.Sides;

/// <summary>Tells in this process which rows belong to a selection.</summary>
public sealed class PartFilter
{
    private readonly PartSelection _selection;
    private readonly RowSchema _schema;
    private readonly RowHasher _hasher;
    private readonly BitArray? _parts;

    public PartFilter(PartSelection selection, RowSchema schema)
    {
        ArgumentNullException.ThrowIfNull(selection);
        _selection = selection;
        _schema = schema;
        _hasher = new RowHasher(schema);
        if (selection.Parts is { } parts)
        {
            _parts = new BitArray(selection.Partitioning.Parts);
            foreach (var part in parts)
            {
                _parts[part] = true;
            }
        }
    }

    /// <summary>Whether a row (with this filter's schema) is selected.</summary>
    public bool Has(ReadOnlySpan<byte> tuple)
    {
        var part = _selection.Partitioning.PartOf(_schema, tuple, _hasher);
        return part >= 0 && (_parts is null || _parts[part]);
    }
}
