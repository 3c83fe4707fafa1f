using TrueUp.Sides;

namespace TrueUp.Undo;

/// <summary>
/// Where runs keep the rows they are about to overwrite or delete. What it is given are frames of bytes that only
/// <c>TrueUp.Undo</c> understands; they hold users' data, so they are kept for their owner alone.
/// </summary>
public interface IBeforeImages
{
    /// <summary>
    /// Bytes of frames a run may keep. Rows that are changed beyond it cannot be undone, and undo says how many.
    /// </summary>
    long BytesMax { get; }

    /// <summary>The log of a run's before-images. Nothing is made before the first frame.</summary>
    IImageLog Begin(string runId);

    /// <summary>
    /// The frames of a run in the order they were added, up to the last whole one; none when it kept nothing.
    /// </summary>
    /// <exception cref="SideException">They are damaged (<c>before_images_damaged</c>).</exception>
    IEnumerable<byte[]> Read(string runId);
}
