using System.Runtime.InteropServices;
using TrueUp.Rows;

namespace TrueUp.Runs;

/// <summary>
/// A set of keys with what is known about the target's row of each: an open-addressing table over key tuples that lie
/// in one
/// buffer, about 50 bytes a key. It holds one group of parts at a time, never a whole table.
/// </summary>
internal sealed class KeyTable
{
    private readonly List<Entry> _entries = [];
    private int[] _slots = new int[1024];
    private byte[] _keys = new byte[16 * 1024];
    private int _used;

    public int Count => _entries.Count;

    /// <summary>Adds a key; returns false when the key is there already.</summary>
    public bool Add(ReadOnlySpan<byte> key, long hash, long stamp)
    {
        if ((_entries.Count + 1) * 2 > _slots.Length)
        {
            Grow();
        }
        var code = Code(key);
        var slot = Find(key, code);
        if (_slots[slot] != 0)
        {
            return false;
        }
        if (_used + key.Length > _keys.Length)
        {
            Array.Resize(ref _keys, Math.Max(_keys.Length * 2, _used + key.Length));
        }
        key.CopyTo(_keys.AsSpan(_used));
        _entries.Add(new Entry(_used, key.Length, code, hash, stamp, Matched: false));
        _used += key.Length;
        _slots[slot] = _entries.Count;
        return true;
    }

    /// <summary>The position of a key, or -1.</summary>
    public int IndexOf(ReadOnlySpan<byte> key) => _slots[Find(key, Code(key))] - 1;

    public ReadOnlySpan<byte> Key(int index) => _keys.AsSpan(_entries[index].Start, _entries[index].Length);

    public long Hash(int index) => _entries[index].Hash;

    public long Stamp(int index) => _entries[index].Stamp;

    public bool IsMatched(int index) => _entries[index].Matched;

    public void Match(int index) =>
        CollectionsMarshal.AsSpan(_entries)[index] = _entries[index] with { Matched = true };

    public void Clear()
    {
        _entries.Clear();
        Array.Clear(_slots);
        _used = 0;
    }

    private static int Code(ReadOnlySpan<byte> key)
    {
        var code = new HashCode();
        code.AddBytes(key);
        return code.ToHashCode();
    }

    private int Find(ReadOnlySpan<byte> key, int code)
    {
        var mask = _slots.Length - 1;
        var slot = code & mask;
        while (_slots[slot] != 0)
        {
            var entry = _entries[_slots[slot] - 1];
            if (entry.Code == code && _keys.AsSpan(entry.Start, entry.Length).SequenceEqual(key))
            {
                break;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void Grow()
    {
        var slots = new int[_slots.Length * 2];
        var mask = slots.Length - 1;
        for (var i = 0; i < _entries.Count; i++)
        {
            var slot = _entries[i].Code & mask;
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }
            slots[slot] = i + 1;
        }
        _slots = slots;
    }

    private readonly record struct Entry(int Start, int Length, int Code, long Hash, long Stamp, bool Matched);
}
