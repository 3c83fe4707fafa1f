using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Testing.Memory;

/// <summary>A table in memory: columns, a key, and rows in transport form.</summary>
public sealed class MemoryTable
{
    private readonly List<byte[]> _rows = [];

    public MemoryTable(IReadOnlyList<Column> columns, params IReadOnlyList<string> key)
    {
        Columns = [.. columns];
        Key = key;
    }

    public List<Column> Columns { get; }

    public IReadOnlyList<string> Key { get; set; }

    /// <summary>Whether the store keeps the key unique and says so.</summary>
    public bool KeyIsKept { get; set; } = true;

    public List<byte[]> Rows => _rows;

    /// <summary>Records that a reading reports instead of giving them.</summary>
    public List<RejectedRecord> Unreadable { get; } = [];

    public RowSchema Schema => new(Columns, [.. Key.Select(k => Columns.FindIndex(c => c.Name == k))]);

    /// <summary>Adds a row of display texts; null is null.</summary>
    public MemoryTable Add(params string?[] texts)
    {
        _rows.Add(Texts.Tuple(Schema, texts));
        return this;
    }

    /// <summary>All rows as display texts, ordered.</summary>
    public IReadOnlyList<string> Lines() => [.. _rows.Select(r => RowText.Of(Schema, r)).Order(StringComparer.Ordinal)];

    public int IndexOf(ReadOnlySpan<byte> keyTuple)
    {
        for (var i = 0; i < _rows.Count; i++)
        {
            if (Texts.KeyOf(Schema, _rows[i]).AsSpan().SequenceEqual(keyTuple))
            {
                return i;
            }
        }
        return -1;
    }
}
