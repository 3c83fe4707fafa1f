namespace TrueUp.Digests;

/// <summary>PostgreSQL's hashes of integers, as <see cref="TextHash"/> is its hash of text.</summary>
public static class IntegerHash
{
    /// <summary>
    /// <c>hashint4extended(value, seed)</c>, and <c>hashint2extended</c> of the same number: lookup3 over one word
    /// (hash_bytes_uint32_extended of src/common/hashfn.c).
    /// </summary>
    public static long Compute(int value, long seed)
    {
        uint a,
            b,
            c;
        a = b = c = 0x9e3779b9 + sizeof(uint) + 3923095;
        if (seed != 0)
        {
            a += (uint)((ulong)seed >> 32);
            b += (uint)seed;
            TextHash.Mix(ref a, ref b, ref c);
        }
        a += (uint)value;
        TextHash.Final(ref a, ref b, ref c);
        return (long)(((ulong)b << 32) | c);
    }

    /// <summary>
    /// <c>hashint8extended(value, hashint4extended((value &gt;&gt; 32)::int4, seed))</c>. The server's hash of a
    /// bigint folds
    /// its halves into one word, and takes 1 and 4294967296 for equal; with the upper half mixed in before, no two are.
    /// </summary>
    public static long Compute(long value, long seed)
    {
        var high = (int)(value >> 32);
        return Compute((int)value ^ (value >= 0 ? high : ~high), Compute(high, seed));
    }
}
