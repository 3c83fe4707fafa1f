using TrueUp.Undo;

namespace TrueUp.Testing.Memory;

/// <summary>Keeps before-images in lists.</summary>
public sealed class MemoryImages : IBeforeImages
{
    public Dictionary<string, List<byte[]>> Frames { get; } = [];

    public long BytesMax { get; set; } = long.MaxValue;

    /// <summary>How often somebody waited for the frames to be safe.</summary>
    public int Flushes { get; private set; }

    public IImageLog Begin(string runId) => new Log(this, runId);

    public IEnumerable<byte[]> Read(string runId) => Frames.GetValueOrDefault(runId, []);

    private sealed class Log(MemoryImages images, string runId) : IImageLog
    {
        public void Append(ReadOnlySpan<byte> frame)
        {
            images.Frames.TryAdd(runId, []);
            images.Frames[runId].Add(frame.ToArray());
        }

        public void Flush() => images.Flushes++;

        public void Dispose() { }
    }
}
