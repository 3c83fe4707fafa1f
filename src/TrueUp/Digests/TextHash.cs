using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace TrueUp.Digests;

/// <summary>
/// PostgreSQL's <c>hashtextextended(text, seed)</c>: Bob Jenkins' lookup3 in the 64-bit arrangement of
/// src/common/hashfn.c (hash_bytes_extended), little endian. A server and this function agree on every string of bytes
/// in UTF-8, so one side of a proof may be digested by the server and the other here.
/// </summary>
public static class TextHash
{
    /// <summary>The 64-bit hash of a text.</summary>
    /// <param name="text">The bytes as the server stores them.</param>
    /// <param name="seed">Any value; 0 means unseeded.</param>
    public static long Compute(ReadOnlySpan<byte> text, long seed)
    {
        uint a,
            b,
            c;
        a = b = c = 0x9e3779b9 + (uint)text.Length + 3923095;
        if (seed != 0)
        {
            a += (uint)((ulong)seed >> 32);
            b += (uint)seed;
            Mix(ref a, ref b, ref c);
        }
        while (text.Length >= 12)
        {
            a += BinaryPrimitives.ReadUInt32LittleEndian(text);
            b += BinaryPrimitives.ReadUInt32LittleEndian(text[4..]);
            c += BinaryPrimitives.ReadUInt32LittleEndian(text[8..]);
            Mix(ref a, ref b, ref c);
            text = text[12..];
        }
        // The lowest byte of c is reserved for the length, which was added at the start.
        c += Word(text, 8) << 8;
        b += Word(text, 4);
        a += Word(text, 0);
        Final(ref a, ref b, ref c);
        return (long)(((ulong)b << 32) | c);
    }

    // Up to four bytes, the missing ones 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Word(ReadOnlySpan<byte> text, int from)
    {
        var length = text.Length - from;
        if (length >= 4)
        {
            return BinaryPrimitives.ReadUInt32LittleEndian(text[from..]);
        }
        if (length <= 0)
        {
            return 0;
        }
        // Of one to three bytes the first, the middle and the last are all of them, some twice.
        var middle = length >> 1;
        var last = length - 1;
        return text[from] | ((uint)text[from + middle] << (middle * 8)) | ((uint)text[from + last] << (last * 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Mix(ref uint a, ref uint b, ref uint c)
    {
        a -= c;
        a ^= BitOperations.RotateLeft(c, 4);
        c += b;
        b -= a;
        b ^= BitOperations.RotateLeft(a, 6);
        a += c;
        c -= b;
        c ^= BitOperations.RotateLeft(b, 8);
        b += a;
        a -= c;
        a ^= BitOperations.RotateLeft(c, 16);
        c += b;
        b -= a;
        b ^= BitOperations.RotateLeft(a, 19);
        a += c;
        c -= b;
        c ^= BitOperations.RotateLeft(b, 4);
        b += a;
    }

    internal static void Final(ref uint a, ref uint b, ref uint c)
    {
        c ^= b;
        c -= BitOperations.RotateLeft(b, 14);
        a ^= c;
        a -= BitOperations.RotateLeft(c, 11);
        b ^= a;
        b -= BitOperations.RotateLeft(a, 25);
        c ^= b;
        c -= BitOperations.RotateLeft(b, 16);
        a ^= c;
        a -= BitOperations.RotateLeft(c, 4);
        b ^= a;
        b -= BitOperations.RotateLeft(a, 14);
        c ^= b;
        c -= BitOperations.RotateLeft(b, 24);
    }
}
