using System.Numerics;
using System.Runtime.InteropServices;
using TrueUp.Digests;

namespace TrueUp.Store.Records;

/// <summary>
/// Tells which blocks cannot hold a key: a Bloom filter whose bits for one key lie in one 64-bit word (Putze, Sanders
/// and Singler: Cache-, Hash- and Space-Efficient Bloom Filters). With 16 bits a key, about one block in a hundred is
/// read in vain.
/// </summary>
internal static class KeyFilter
{
    private const int KeysPerWord = 4;

    /// <summary>The hash by which a key is looked up.</summary>
    public static ulong Hash(ReadOnlySpan<byte> key) => (ulong)TextHash.Compute(key, 0);

    /// <summary>Builds the filter of some keys: a power of two of words.</summary>
    public static ulong[] Build(ReadOnlySpan<ulong> hashes)
    {
        var words = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, hashes.Length / KeysPerWord))];
        foreach (var hash in hashes)
        {
            words[Word(hash, words.Length)] |= Bits(hash);
        }
        return words;
    }

    /// <summary>False when the key is in no case among those the filter was built of.</summary>
    public static bool MayHold(ReadOnlySpan<byte> filter, ulong hash)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(filter);
        return (words[Word(hash, words.Length)] & Bits(hash)) == Bits(hash);
    }

    private static int Word(ulong hash, int words) => (int)((hash >> 32) & (ulong)(words - 1));

    private static ulong Bits(ulong hash) =>
        1UL << (int)hash | 1UL << (int)(hash >> 6) | 1UL << (int)(hash >> 12) | 1UL << (int)(hash >> 18);
}
