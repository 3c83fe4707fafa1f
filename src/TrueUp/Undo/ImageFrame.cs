using System.Buffers.Binary;
using TrueUp.Sides;

namespace TrueUp.Undo;

/// <summary>
/// The frames of a before-image log, little endian. Each begins with its kind (1 byte) and its section (4), which is
/// one attempt at one unit.
/// <list type="bullet">
/// <item><c>Section</c>: the <see cref="ImageHeader"/> as JSON.</item>
/// <item><c>Rows</c>: update or delete (1), seed (8), rows (4); for each row the hash of what takes its place (8, 0
/// for a delete), whether the run itself had written the key before (1), the row's length (4); then the rows.</item>
/// <item><c>NotApplied</c>: a key whose change was not made after all.</item>
/// <item><c>Tally</c>: whether all changes so far were tried (1), rows the unit created (8), changed rows without an
/// image (8).</item>
/// </list>
/// </summary>
internal static class ImageFrame
{
    private const int HeadSize = 5;
    private const int EntrySize = 13;

    internal enum Kind : byte
    {
        Section = 1,
        Rows,
        NotApplied,
        Tally,
    }

    public static Kind KindOf(ReadOnlySpan<byte> frame) => (Kind)frame[0];

    public static int SectionOf(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadInt32LittleEndian(frame[1..]);

    public static ReadOnlySpan<byte> BodyOf(ReadOnlySpan<byte> frame) => frame[HeadSize..];

    public static byte[] Section(int section, ImageHeader header) => Frame(Kind.Section, section, header.ToJson());

    public static byte[] NotApplied(int section, ReadOnlySpan<byte> key) => Frame(Kind.NotApplied, section, key);

    public static byte[] Tally(int section, ImageTally tally)
    {
        Span<byte> body = stackalloc byte[17];
        body[0] = tally.Settled ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(body[1..], tally.Created);
        BinaryPrimitives.WriteInt64LittleEndian(body[9..], tally.NotKept);
        return Frame(Kind.Tally, section, body);
    }

    public static ImageTally ReadTally(ReadOnlySpan<byte> frame)
    {
        var body = BodyOf(frame);
        return new ImageTally(
            body[0] != 0,
            BinaryPrimitives.ReadInt64LittleEndian(body[1..]),
            BinaryPrimitives.ReadInt64LittleEndian(body[9..])
        );
    }

    /// <param name="section">The section.</param>
    /// <param name="change">What the run did to the rows.</param>
    /// <param name="seed">The seed of the hashes.</param>
    /// <param name="entries">The rows as they were.</param>
    public static byte[] Rows(int section, ChangeKind change, long seed, IReadOnlyList<ImageEntry> entries)
    {
        var frame = new byte[HeadSize + 13 + (entries.Count * EntrySize) + entries.Sum(e => e.Row.Length)];
        Head(frame, Kind.Rows, section);
        var at = frame.AsSpan(HeadSize);
        at[0] = (byte)change;
        BinaryPrimitives.WriteInt64LittleEndian(at[1..], seed);
        BinaryPrimitives.WriteInt32LittleEndian(at[9..], entries.Count);
        at = at[13..];
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteInt64LittleEndian(at, entry.After);
            at[8] = entry.Again ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteInt32LittleEndian(at[9..], entry.Row.Length);
            at = at[EntrySize..];
        }
        foreach (var entry in entries)
        {
            entry.Row.Span.CopyTo(at);
            at = at[entry.Row.Length..];
        }
        return frame;
    }

    /// <summary>The entries of a frame of rows.</summary>
    public static IEnumerable<ImageEntry> ReadRows(byte[] frame)
    {
        var change = (ChangeKind)frame[HeadSize];
        var seed = BinaryPrimitives.ReadInt64LittleEndian(frame.AsSpan(HeadSize + 1));
        var count = BinaryPrimitives.ReadInt32LittleEndian(frame.AsSpan(HeadSize + 9));
        var row = HeadSize + 13 + (count * EntrySize);
        for (var i = 0; i < count; i++)
        {
            var at = HeadSize + 13 + (i * EntrySize);
            var length = BinaryPrimitives.ReadInt32LittleEndian(frame.AsSpan(at + 9));
            yield return new ImageEntry(
                change,
                seed,
                BinaryPrimitives.ReadInt64LittleEndian(frame.AsSpan(at)),
                frame[at + 8] != 0,
                frame.AsMemory(row, length)
            );
            row += length;
        }
    }

    private static byte[] Frame(Kind kind, int section, ReadOnlySpan<byte> body)
    {
        var frame = new byte[HeadSize + body.Length];
        Head(frame, kind, section);
        body.CopyTo(frame.AsSpan(HeadSize));
        return frame;
    }

    private static void Head(Span<byte> frame, Kind kind, int section)
    {
        frame[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(frame[1..], section);
    }
}
