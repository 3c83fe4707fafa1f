namespace TrueUp.Runs;

/// <summary>A set of record indexes: one bit for each record up to the highest member.</summary>
internal sealed class IndexSet
{
    private ulong[] _words = [];

    public int Count { get; private set; }

    public void Add(long index)
    {
        var word = checked((int)(index >> 6));
        if (word >= _words.Length)
        {
            Array.Resize(ref _words, Math.Max(word + 1, _words.Length * 2));
        }
        var bit = 1UL << (int)(index & 63);
        Count += (_words[word] & bit) == 0 ? 1 : 0;
        _words[word] |= bit;
    }

    public bool Has(long index) => index >> 6 < _words.Length && (_words[index >> 6] & (1UL << (int)(index & 63))) != 0;
}
