using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using TrueUp.Digests;

namespace TrueUp.Store.Records;

/// <summary>
/// Gathers chunks to a block and packs it. A group in the plain form, little endian: unit (length 4, UTF-8), operation
/// (1), result (1), time (8), size of a bulk batch or 0 (4), error (length 4 or -1, UTF-8), number of keys (4), their
/// lengths (4 each), the keys. A length's high bytes are nearly always 0, which packing takes away again.
/// </summary>
internal sealed class BlockBuilder
{
    /// <summary>Plain bytes after which a block is packed; one chunk may go beyond it.</summary>
    public const int BytesMax = 1 << 17;

    private const int Quality = 1;
    private const int WindowBits = 18;

    private readonly ArrayBufferWriter<byte> _plain = new(BytesMax * 2);
    private ulong[] _hashes = new ulong[1 << 12];
    private byte[] _packed = [];
    private int _hashCount;
    private int _groups;
    private int _contents;
    private long _timeUsMin = long.MaxValue;
    private long _timeUsMax = long.MinValue;

    /// <summary>Plain bytes gathered.</summary>
    public int Length => _plain.WrittenCount;

    /// <summary>Adds what a chunk says.</summary>
    public void Add(RecordChunk chunk)
    {
        WriteText(chunk.Unit);
        var fixedPart = _plain.GetSpan(14);
        fixedPart[0] = (byte)chunk.Operation;
        fixedPart[1] = chunk.Succeeded ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(fixedPart[2..], chunk.TimeUs);
        BinaryPrimitives.WriteInt32LittleEndian(fixedPart[10..], chunk.BulkCount);
        _plain.Advance(14);
        WriteText(chunk.Error);
        WriteNumber(chunk.Count);
        WriteKeys(chunk);
        _groups++;
        _contents |= BlockHeader.ContentBit(chunk.Operation, chunk.Succeeded);
        _timeUsMin = Math.Min(_timeUsMin, chunk.TimeUs);
        _timeUsMax = Math.Max(_timeUsMax, chunk.TimeUs);
    }

    /// <summary>Packs what was gathered and starts anew.</summary>
    /// <returns>Header, filter and body; valid until the next call.</returns>
    public ReadOnlySpan<byte> Pack()
    {
        var plain = _plain.WrittenSpan;
        var filter = MemoryMarshal.AsBytes<ulong>(KeyFilter.Build(_hashes.AsSpan(0, _hashCount)));
        var start = BlockHeader.Size + filter.Length;
        var room = start + BrotliEncoder.GetMaxCompressedLength(plain.Length);
        if (_packed.Length < room)
        {
            _packed = new byte[room];
        }
        filter.CopyTo(_packed.AsSpan(BlockHeader.Size));
        if (!BrotliEncoder.TryCompress(plain, _packed.AsSpan(start), out var packed, Quality, WindowBits))
        {
            throw new InvalidOperationException($"A block of {plain.Length} bytes could not be packed into {room}.");
        }
        var checksum = TextHash.Compute(_packed.AsSpan(BlockHeader.Size, filter.Length + packed), plain.Length);
        new BlockHeader(packed, plain.Length, _groups, filter.Length, _contents, _timeUsMin, _timeUsMax, checksum)
            .Write(_packed);
        Clear();
        return _packed.AsSpan(0, start + packed);
    }

    private void Clear()
    {
        _plain.ResetWrittenCount();
        (_hashCount, _groups, _contents) = (0, 0, 0);
        (_timeUsMin, _timeUsMax) = (long.MaxValue, long.MinValue);
    }

    private void WriteKeys(RecordChunk chunk)
    {
        if (_hashes.Length < _hashCount + chunk.Count)
        {
            Array.Resize(ref _hashes, Math.Max(_hashCount + chunk.Count, _hashes.Length * 2));
        }
        var lengths = _plain.GetSpan(chunk.Count * 4);
        for (var i = 0; i < chunk.Count; i++)
        {
            var key = chunk.Key(i);
            BinaryPrimitives.WriteInt32LittleEndian(lengths[(i * 4)..], key.Length);
            _hashes[_hashCount++] = KeyFilter.Hash(key);
        }
        _plain.Advance(chunk.Count * 4);
        _plain.Write(chunk.Keys);
    }

    private void WriteText(string? text)
    {
        if (text is null)
        {
            WriteNumber(-1);
            return;
        }
        WriteNumber(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, _plain);
    }

    private void WriteNumber(int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_plain.GetSpan(4), number);
        _plain.Advance(4);
    }
}
