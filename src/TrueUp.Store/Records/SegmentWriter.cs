using System.Globalization;

namespace TrueUp.Store.Records;

/// <summary>
/// Writes blocks to a run's segment files <c>000001.rec</c>, <c>000002.rec</c>, …, each up to about
/// <see cref="BytesMax"/>. Every block stands for itself, so what a killed run has written can be read to the last
/// whole block. Not safe for two threads.
/// </summary>
internal sealed class SegmentWriter(string folder) : IDisposable
{
    /// <summary>Bytes after which the next block begins a new file.</summary>
    public const long BytesMax = 256 << 20;

    /// <summary>How a segment file's name ends.</summary>
    public const string Extension = ".rec";

    private readonly BlockBuilder _block = new();
    private FileStream? _file;
    private int _files;

    /// <summary>Adds a chunk; writes a block when there is enough for one.</summary>
    public void Append(RecordChunk chunk)
    {
        _block.Add(chunk);
        if (_block.Length >= BlockBuilder.BytesMax)
        {
            WriteBlock();
        }
    }

    /// <summary>Writes what is left, and waits for the disk.</summary>
    public void Flush()
    {
        if (_block.Length > 0)
        {
            WriteBlock();
        }
        _file?.Flush(flushToDisk: true);
    }

    /// <inheritdoc />
    public void Dispose() => _file?.Dispose();

    private void WriteBlock()
    {
        if (_file is { Length: >= BytesMax })
        {
            _file.Flush(flushToDisk: true);
            _file.Dispose();
            _file = null;
        }
        _file ??= Open();
        _file.Write(_block.Pack());
    }

    private FileStream Open()
    {
        PrivateFolder.Create(folder);
        var path = Path.Combine(folder, (++_files).ToString("D6", CultureInfo.InvariantCulture) + Extension);
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }
}
