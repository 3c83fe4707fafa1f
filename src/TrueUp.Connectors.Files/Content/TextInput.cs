using System.Buffers;

namespace TrueUp.Connectors.Files.Content;

/// <summary>The text of a file as UTF-8 without its byte order mark, whatever it is written in.</summary>
internal sealed class TextInput(BlockReader blocks, TextEncoding declared) : IDisposable
{
    private const int RawBytes = 1 << 16;

    private byte[] _raw = ArrayPool<byte>.Shared.Rent(RawBytes);
    private int _start;
    private int _end;
    private bool _ended;
    private bool _begun;
    private Transcoder? _transcoder;

    /// <summary>Reads the next bytes of UTF-8, as many as there is room for.</summary>
    /// <param name="destination">At least <see cref="Transcoder.ExpansionMax"/> × 4 bytes.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <returns>How many; 0 only at the end.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (!_begun)
        {
            await BeginAsync(cancellationToken);
        }
        return _transcoder is null
            ? await CopyAsync(destination, cancellationToken)
            : await TranscodeAsync(destination, _transcoder, cancellationToken);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_raw);
        _raw = [];
    }

    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        _begun = true;
        while (_end < 4 && !_ended)
        {
            await RefillAsync(cancellationToken);
        }
        var encoding = TextEncodings.Detect(_raw.AsSpan(0, _end), declared, out var markLength);
        _start = markLength;
        _transcoder = encoding == TextEncoding.Utf8 ? null : new Transcoder(encoding);
    }

    private async ValueTask<int> CopyAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        var total = Math.Min(_end - _start, destination.Length);
        _raw.AsSpan(_start, total).CopyTo(destination.Span);
        _start += total;
        while (total < destination.Length && !_ended)
        {
            var count = await blocks.ReadAsync(destination[total..], cancellationToken);
            _ended = count == 0;
            total += count;
        }
        return total;
    }

    private async ValueTask<int> TranscodeAsync(
        Memory<byte> destination,
        Transcoder transcoder,
        CancellationToken cancellationToken
    )
    {
        var total = 0;
        while (destination.Length - total >= Transcoder.ExpansionMax * 4)
        {
            var written = transcoder.Convert(
                _raw.AsSpan(_start, _end - _start),
                _ended,
                destination.Span[total..],
                out var consumed
            );
            total += written;
            _start += consumed;
            if (consumed > 0)
            {
                continue;
            }
            if (_ended)
            {
                break;
            }
            await RefillAsync(cancellationToken);
        }
        return total;
    }

    private async ValueTask RefillAsync(CancellationToken cancellationToken)
    {
        _raw.AsSpan(_start, _end - _start).CopyTo(_raw);
        _end -= _start;
        _start = 0;
        var count = await blocks.ReadAsync(_raw.AsMemory(_end), cancellationToken);
        _ended = count == 0;
        _end += count;
    }
}
