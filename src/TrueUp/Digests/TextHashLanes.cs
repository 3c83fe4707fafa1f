using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrueUp.Digests;

/// <summary>
/// <see cref="TextHash"/> of four texts at once. The steps of one hash wait for each other; four of them side by side
/// take about the time of one.
/// </summary>
internal static class TextHashLanes
{
    /// <summary>Texts hashed at once.</summary>
    public const int Count = 4;

    /// <summary>Hashes four texts.</summary>
    /// <param name="texts">At least <see cref="Count"/> buffers.</param>
    /// <param name="seed">Any value; 0 means unseeded.</param>
    /// <param name="hashes">Receives the hashes.</param>
    public static void Compute(ReadOnlySpan<RowTextBuffer> texts, long seed, Span<long> hashes)
    {
        ReadOnlySpan<byte> first = texts[0].Written,
            second = texts[1].Written,
            third = texts[2].Written,
            fourth = texts[3].Written;
        var c =
            Vector128.Create((uint)first.Length, (uint)second.Length, (uint)third.Length, (uint)fourth.Length)
            + Vector128.Create(TextHash.Start);
        var (a, b) = (c, c);
        if (seed != 0)
        {
            a += Vector128.Create((uint)((ulong)seed >> 32));
            b += Vector128.Create((uint)seed);
            Mix(ref a, ref b, ref c);
        }
        // As far as all four have whole blocks; then each goes on alone.
        var shortest = Math.Min(Math.Min(first.Length, second.Length), Math.Min(third.Length, fourth.Length));
        var done = 0;
        for (; shortest - done >= TextHash.BlockBytes; done += TextHash.BlockBytes)
        {
            a += Words(first, second, third, fourth, done);
            b += Words(first, second, third, fourth, done + 4);
            c += Words(first, second, third, fourth, done + 8);
            Mix(ref a, ref b, ref c);
        }
        hashes[0] = TextHash.Finish(first[done..], a[0], b[0], c[0]);
        hashes[1] = TextHash.Finish(second[done..], a[1], b[1], c[1]);
        hashes[2] = TextHash.Finish(third[done..], a[2], b[2], c[2]);
        hashes[3] = TextHash.Finish(fourth[done..], a[3], b[3], c[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Words(
        ReadOnlySpan<byte> first,
        ReadOnlySpan<byte> second,
        ReadOnlySpan<byte> third,
        ReadOnlySpan<byte> fourth,
        int at
    ) => Vector128.Create(Word(first, at), Word(second, at), Word(third, at), Word(fourth, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Word(ReadOnlySpan<byte> text, int at)
    {
        var word = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref MemoryMarshal.GetReference(text), at));
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c)
    {
        a -= c;
        a ^= Rotate(c, 4);
        c += b;
        b -= a;
        b ^= Rotate(a, 6);
        a += c;
        c -= b;
        c ^= Rotate(b, 8);
        b += a;
        a -= c;
        a ^= Rotate(c, 16);
        c += b;
        b -= a;
        b ^= Rotate(a, 19);
        a += c;
        c -= b;
        c ^= Rotate(b, 4);
        b += a;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Rotate(Vector128<uint> value, int bits) => (value << bits) | (value >>> (32 - bits));
}
