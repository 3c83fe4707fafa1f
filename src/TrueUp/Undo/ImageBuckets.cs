using System.Buffers.Binary;
using TrueUp.Digests;
using TrueUp.Sides;

namespace TrueUp.Undo;

/// <summary>
/// The images of one unit divided by the hash of their keys into temporary files, so that everything a run did to one
/// row is together and one file at a time fits into memory.
/// </summary>
internal sealed class ImageBuckets : IDisposable
{
    /// <summary>Bytes of rows that are held at a time, about.</summary>
    private const int BytesMax = 8 << 20;

    private const int FilesMax = 128;

    private readonly RowHasher _rows;
    private readonly RowHasher _keys;
    private readonly FileStream[] _files;

    private ImageBuckets(UnitImages unit)
    {
        _rows = new RowHasher(unit.Plan.Schema);
        _keys = new RowHasher(unit.Plan.KeySchema);
        _files = new FileStream[(int)Math.Min(FilesMax, 1 + (unit.Bytes / BytesMax))];
        for (var i = 0; i < _files.Length; i++)
        {
            _files[i] = TemporaryFile.Create();
        }
    }

    public int Count => _files.Length;

    /// <summary>Divides the frames of all units of a run; the caller disposes the buckets.</summary>
    public static Dictionary<UnitImages, ImageBuckets> Divide(
        ImageIndex index,
        IEnumerable<byte[]> frames,
        CancellationToken cancellationToken
    )
    {
        var buckets = new Dictionary<UnitImages, ImageBuckets>();
        try
        {
            foreach (var frame in frames)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (index.Of(frame) is { } unit)
                {
                    if (!buckets.TryGetValue(unit, out var files))
                    {
                        buckets.Add(unit, files = new ImageBuckets(unit));
                    }
                    files.Add(frame);
                }
            }
            return buckets;
        }
        catch
        {
            foreach (var files in buckets.Values)
            {
                files.Dispose();
            }
            throw;
        }
    }

    /// <summary>The frames of one bucket in the order of the run.</summary>
    public IEnumerable<byte[]> Read(int bucket)
    {
        var file = _files[bucket];
        file.Position = 0;
        var head = new byte[4];
        while (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            var frame = new byte[BinaryPrimitives.ReadInt32LittleEndian(head)];
            file.ReadExactly(frame);
            yield return frame;
        }
    }

    public void Dispose()
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }

    private void Add(byte[] frame)
    {
        switch (ImageFrame.KindOf(frame))
        {
            case ImageFrame.Kind.Rows:
                foreach (var part in ImageFrame.ReadRows(frame).GroupBy(e => BucketOf(_rows.HashKey(e.Row.Span))))
                {
                    var entries = part.ToList();
                    Write(
                        part.Key,
                        ImageFrame.Rows(ImageFrame.SectionOf(frame), entries[0].Change, entries[0].Seed, entries)
                    );
                }
                break;
            case ImageFrame.Kind.NotApplied:
                Write(BucketOf(_keys.HashKey(ImageFrame.BodyOf(frame))), frame);
                break;
            default:
                for (var i = 0; i < _files.Length; i++)
                {
                    Write(i, frame);
                }
                break;
        }
    }

    private int BucketOf(long hash) => (int)((ulong)hash % (ulong)_files.Length);

    private void Write(int bucket, byte[] frame)
    {
        Span<byte> head = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(head, frame.Length);
        _files[bucket].Write(head);
        _files[bucket].Write(frame);
    }
}
