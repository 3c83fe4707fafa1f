using System.Buffers;
using System.Security.Cryptography;
using System.Threading.Channels;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Content;

/// <summary>
/// Reads a file from its beginning, ahead of its reader and on another thread, and hashes what it reads there, so that
/// knowing the content costs the reader nothing. Reading stops at the length the file had when it was opened; a file
/// that has grown is told by <see cref="SourceFile.CheckUnchangedAsync"/>, one that was rewritten by its hash.
/// </summary>
internal sealed class BlockReader : IAsyncDisposable
{
    private const int BlockBytes = 1 << 18,
        AheadMax = 4;

    private readonly Channel<(byte[] Bytes, int Length)> _blocks = Channel.CreateBounded<(byte[], int)>(
        new BoundedChannelOptions(AheadMax) { SingleReader = true, SingleWriter = true }
    );
    private readonly CancellationTokenSource _stop = new();
    private readonly SourceFile _file;
    private readonly Task<Fingerprint?> _producer;
    private (byte[] Bytes, int Length) _block = ([], 0);
    private int _used;

    public BlockReader(SourceFile file)
    {
        _file = file;
        _producer = Task.Run(ProduceAsync);
    }

    /// <summary>Copies the next bytes.</summary>
    /// <returns>How many; 0 at the end.</returns>
    /// <exception cref="SideException">The file cannot be read.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (_used == _block.Length && !await NextAsync(cancellationToken))
        {
            return 0;
        }
        var count = Math.Min(destination.Length, _block.Length - _used);
        _block.Bytes.AsSpan(_used, count).CopyTo(destination.Span);
        _used += count;
        return count;
    }

    /// <summary>What was read, once <see cref="ReadAsync"/> has reached the end.</summary>
    public async ValueTask<Fingerprint> FinishAsync() => await _producer ?? throw new OperationCanceledException();

    /// <summary>Reads what is left for its hash alone.</summary>
    public async ValueTask<Fingerprint> SkipToEndAsync(CancellationToken cancellationToken)
    {
        while (await NextAsync(cancellationToken))
        {
            _used = _block.Length;
        }
        return await FinishAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_producer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Return();
        while (_blocks.Reader.TryRead(out _block))
        {
            Return();
        }
        _stop.Dispose();
    }

    private async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        Return();
        _used = 0;
        if (!await _blocks.Reader.WaitToReadAsync(cancellationToken))
        {
            return false;
        }
        return _blocks.Reader.TryRead(out _block);
    }

    private void Return()
    {
        if (_block.Bytes is { Length: > 0 } bytes)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
        _block = ([], 0);
    }

    private async Task<Fingerprint?> ProduceAsync()
    {
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long offset = 0;
            while (await ProduceBlockAsync(hash, offset) is var count and > 0)
            {
                offset += count;
            }
            var fingerprint = new Fingerprint(Convert.ToHexStringLower(hash.GetHashAndReset()), offset);
            _blocks.Writer.Complete();
            return fingerprint;
        }
        catch (OperationCanceledException)
        {
            // The reader went away; nobody waits for a result.
            _blocks.Writer.TryComplete();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _blocks.Writer.TryComplete(FileErrors.Unreadable(_file.FullPath, error));
            return null;
        }
    }

    private async ValueTask<int> ProduceBlockAsync(IncrementalHash hash, long offset)
    {
        var wanted = (int)Math.Min(BlockBytes, _file.Identity.Length - offset);
        if (wanted <= 0)
        {
            return 0;
        }
        var bytes = ArrayPool<byte>.Shared.Rent(BlockBytes);
        var count = await RandomAccess.ReadAsync(_file.Handle, bytes.AsMemory(0, wanted), offset, _stop.Token);
        if (count == 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
            return 0;
        }
        hash.AppendData(bytes, 0, count);
        await _blocks.Writer.WriteAsync((bytes, count), _stop.Token);
        return count;
    }
}
