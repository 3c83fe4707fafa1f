using System.Runtime.InteropServices;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// Finds equal values among any number of records with bounded memory: 64-bit hashes with record indexes are kept in
/// memory up
/// to a limit, then spread over temporary files by hash; each file is sorted by itself. What it reports are candidates:
/// equal hashes, which the caller compares by value.
/// </summary>
internal sealed class DuplicateFinder : IDisposable
{
    private const int MemoryMax = 1 << 20;
    private const int Files = 64;

    private readonly List<Entry> _entries = [];
    private FileStream[] _files = [];

    public void Add(long hash, long index)
    {
        _entries.Add(new Entry(hash, index));
        if (_entries.Count == MemoryMax)
        {
            Spill();
        }
    }

    /// <summary>Groups of record indexes with equal hashes, each group ascending, at least two in each.</summary>
    public IEnumerable<IReadOnlyList<long>> Candidates(CancellationToken cancellationToken)
    {
        if (_files.Length == 0)
        {
            return Groups(_entries);
        }
        Spill();
        return _files.SelectMany(file =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Groups(Load(file));
        });
    }

    public void Dispose()
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }

    private static List<Entry> Load(FileStream file)
    {
        var entries = new Entry[file.Length / Marshal.SizeOf<Entry>()];
        file.Position = 0;
        file.ReadExactly(MemoryMarshal.AsBytes(entries.AsSpan()));
        return [.. entries];
    }

    private static IEnumerable<IReadOnlyList<long>> Groups(List<Entry> entries)
    {
        entries.Sort(Entry.Compare);
        for (var start = 0; start < entries.Count; )
        {
            var end = start + 1;
            while (end < entries.Count && entries[end].Hash == entries[start].Hash)
            {
                end++;
            }
            if (end - start > 1)
            {
                yield return [.. entries.GetRange(start, end - start).Select(e => e.Index)];
            }
            start = end;
        }
    }

    private void Spill()
    {
        if (_files.Length == 0)
        {
            _files = [.. Enumerable.Range(0, Files).Select(_ => TemporaryFile.Create())];
        }
        var span = CollectionsMarshal.AsSpan(_entries);
        for (var i = 0; i < span.Length; i++)
        {
            _files[(int)((ulong)span[i].Hash >> 58)].Write(MemoryMarshal.AsBytes(span.Slice(i, 1)));
        }
        _entries.Clear();
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Entry(long Hash, long Index)
    {
        public static int Compare(Entry left, Entry right)
        {
            var order = left.Hash.CompareTo(right.Hash);
            return order != 0 ? order : left.Index.CompareTo(right.Index);
        }
    }
}
