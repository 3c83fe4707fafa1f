using System.IO.Compression;
using TrueUp.Digests;
using TrueUp.Sides;
using TrueUp.Undo;

namespace TrueUp.Store.Images;

/// <summary>
/// Writes frames to a file, each packed by itself, so that what a killed run has written can be read to the last whole
/// frame. The file is made with the first frame, for its owner alone.
/// </summary>
internal sealed class ImageFile(string path) : IImageLog
{
    private const int Quality = 1;
    private const int WindowBits = 18;

    private FileStream? _file;
    private byte[] _packed = [];

    public void Append(ReadOnlySpan<byte> frame)
    {
        var room = FrameHeader.Size + BrotliEncoder.GetMaxCompressedLength(frame.Length);
        if (_packed.Length < room)
        {
            _packed = new byte[room];
        }
        var body = _packed.AsSpan(FrameHeader.Size);
        if (!BrotliEncoder.TryCompress(frame, body, out var packed, Quality, WindowBits))
        {
            throw new InvalidOperationException($"A frame of {frame.Length} bytes could not be packed into {room}.");
        }
        new FrameHeader(packed, frame.Length, TextHash.Compute(body[..packed], frame.Length)).Write(_packed);
        var length = FrameHeader.Size + packed;
        Try(() => (_file ??= Open()).Write(_packed, 0, length));
    }

    public void Flush() => Try(() => _file?.Flush(flushToDisk: true));

    public void Dispose() => _file?.Dispose();

    private FileStream Open()
    {
        PrivateFolder.Create(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return new FileStream(path, options);
    }

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SideException(
                ErrorType.Database,
                $"The rows to be replaced cannot be kept in {path}: {error.Message}",
                "Make room on the disk and allow writing there, or give undo up with undo: false.",
                error
            )
            {
                Code = "before_images_unavailable",
            };
        }
    }
}
