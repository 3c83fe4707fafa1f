using TrueUp.Sides;

namespace TrueUp.Undo;

/// <summary>Takes the before-images of one run. One caller at a time.</summary>
public interface IImageLog : IDisposable
{
    /// <summary>Adds a frame.</summary>
    /// <exception cref="SideException">It cannot be kept: the run must not change the rows.</exception>
    void Append(ReadOnlySpan<byte> frame);

    /// <summary>Waits until everything that was added would survive a power cut.</summary>
    /// <exception cref="SideException">It cannot be kept: the run must not change the rows.</exception>
    void Flush();
}
