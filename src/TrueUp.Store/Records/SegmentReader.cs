using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using TrueUp.Audit;
using TrueUp.Digests;
using TrueUp.Sides;

namespace TrueUp.Store.Records;

/// <summary>
/// Reads the entries of a segment file that a filter lets through, unpacking only blocks that may hold one.
/// </summary>
internal sealed class SegmentReader(string path, string runId)
{
    /// <summary>Blocks unpacked so far; what the index saves shows in it.</summary>
    public int BlocksUnpacked { get; private set; }

    /// <summary>
    /// The entries in the order they were written; a block that a killed run left unfinished is where they end.
    /// </summary>
    /// <exception cref="SideException">The file is damaged (<c>record_log_damaged</c>).</exception>
    public IEnumerable<RecordEntry> Read(RecordFilter filter)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[BlockHeader.Size];
        while (file.ReadAtLeast(bytes, BlockHeader.Size, throwOnEndOfStream: false) == BlockHeader.Size)
        {
            if (!BlockHeader.TryRead(bytes, out var header))
            {
                throw Damaged(file.Position);
            }
            var after = file.Position + header.FilterLength + header.PackedLength;
            if (after > file.Length)
            {
                yield break;
            }
            if (filter.MayHold(header) && ReadBlock(file, header, filter) is { } plain)
            {
                foreach (var entry in Entries(plain, header.Groups, filter))
                {
                    yield return entry;
                }
            }
            file.Position = after;
        }
    }

    private byte[]? ReadBlock(FileStream file, BlockHeader header, RecordFilter filter)
    {
        var bytes = new byte[header.FilterLength + header.PackedLength];
        file.ReadExactly(bytes, 0, header.FilterLength);
        if (!filter.MayHold(bytes.AsSpan(0, header.FilterLength)))
        {
            return null;
        }
        file.ReadExactly(bytes, header.FilterLength, header.PackedLength);
        if (TextHash.Compute(bytes, header.PlainLength) != header.Checksum)
        {
            throw Damaged(file.Position);
        }
        var plain = new byte[header.PlainLength];
        if (!BrotliDecoder.TryDecompress(bytes.AsSpan(header.FilterLength), plain, out var length)
            || length != plain.Length)
        {
            throw Damaged(file.Position);
        }
        BlocksUnpacked++;
        return plain;
    }

    private IEnumerable<RecordEntry> Entries(byte[] plain, int groups, RecordFilter filter)
    {
        var at = 0;
        for (var group = 0; group < groups; group++)
        {
            var unit = Text(plain, ref at)!;
            var operation = (RecordOperation)plain[at];
            var succeeded = plain[at + 1] != 0;
            var timestamp = DateTimeOffset.UnixEpoch.AddMicroseconds(
                BinaryPrimitives.ReadInt64LittleEndian(plain.AsSpan(at + 2)));
            var bulkCount = BinaryPrimitives.ReadInt32LittleEndian(plain.AsSpan(at + 10));
            at += 14;
            var error = Text(plain, ref at);
            var keys = Number(plain, ref at);
            var lengths = at;
            at += keys * 4;
            var model = new RecordEntry(runId, unit, operation, succeeded, "", timestamp) { Error = error };
            if (!filter.Matches(model))
            {
                SkipKeys(plain, keys, lengths, ref at);
            }
            else if (bulkCount > 0)
            {
                var (first, last) = (Key(plain, lengths, 0, ref at), Key(plain, lengths, 1, ref at));
                if (filter.MatchesKey(plain.AsSpan(first)) || filter.MatchesKey(plain.AsSpan(last)))
                {
                    yield return model with
                    {
                        Key = Encoding.UTF8.GetString(plain.AsSpan(first)),
                        LastKey = Encoding.UTF8.GetString(plain.AsSpan(last)),
                        Count = bulkCount,
                    };
                }
            }
            else
            {
                for (var i = 0; i < keys; i++)
                {
                    var key = Key(plain, lengths, i, ref at);
                    if (filter.MatchesKey(plain.AsSpan(key)))
                    {
                        yield return model with { Key = Encoding.UTF8.GetString(plain.AsSpan(key)) };
                    }
                }
            }
        }
    }

    private static void SkipKeys(byte[] plain, int keys, int lengths, ref int at)
    {
        for (var i = 0; i < keys; i++)
        {
            Key(plain, lengths, i, ref at);
        }
    }

    private static Range Key(byte[] plain, int lengths, int index, ref int at)
    {
        var start = at;
        at += BinaryPrimitives.ReadInt32LittleEndian(plain.AsSpan(lengths + index * 4));
        return start..at;
    }

    private static string? Text(byte[] plain, ref int at)
    {
        var length = Number(plain, ref at);
        if (length < 0)
        {
            return null;
        }
        at += length;
        return Encoding.UTF8.GetString(plain, at - length, length);
    }

    private static int Number(byte[] plain, ref int at)
    {
        at += 4;
        return BinaryPrimitives.ReadInt32LittleEndian(plain.AsSpan(at - 4));
    }

    private SideException Damaged(long position) =>
        new(ErrorType.Database, $"The record log {path} is damaged near byte {position}.",
            "Put a backup back, or delete the file: only the list of this run's records is lost.")
        {
            Code = "record_log_damaged",
        };
}
