using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Undo;

/// <summary>
/// Keeps the before-images of one run. Units may call at the same time.
/// </summary>
/// <param name="log">Where they go.</param>
/// <param name="bytesMax">Bytes of frames after which no more images are kept.</param>
internal sealed class ImageRecorder(IImageLog log, long bytesMax) : IDisposable
{
    private readonly Lock _gate = new();
    private long _bytes;
    private int _sections;

    /// <summary>Begins an attempt at a unit.</summary>
    public ImageSection Begin(ImageHeader header, RowPlan plan, UnitTally tally) =>
        new(this, Interlocked.Increment(ref _sections), header, plan, tally);

    /// <summary>Adds a frame of rows, unless there is no room for it.</summary>
    public bool TryAppendRows(byte[] frame)
    {
        lock (_gate)
        {
            if (_bytes + frame.Length > bytesMax)
            {
                // What is full stays full: which rows have an image must not depend on which happen to be short.
                _bytes = bytesMax;
                return false;
            }
            _bytes += frame.Length;
            log.Append(frame);
            return true;
        }
    }

    /// <summary>Adds a frame that is small.</summary>
    public void Append(byte[] frame)
    {
        lock (_gate)
        {
            log.Append(frame);
        }
    }

    public void Flush()
    {
        lock (_gate)
        {
            log.Flush();
        }
    }

    public void Dispose() => log.Dispose();
}
