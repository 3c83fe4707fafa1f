using TrueUp.Store;

namespace TrueUp.Server.Health;

/// <summary>Whether there is room where the home is.</summary>
internal sealed class DiskProbe(TrueUpHome home) : IProbe
{
    private const double Low = 0.10;
    private const double Out = 0.02;

    public string Name => "disk";

    public bool IsVital => true;

    public ValueTask<ProbeResult> CheckAsync(CancellationToken cancellationToken)
    {
        var (free, size) = Space();
        return new ValueTask<ProbeResult>(Judge(free, size));
    }

    /// <summary>Bytes that are free for this process, and that there are.</summary>
    public (long Free, long Size) Space()
    {
        var drive = new DriveInfo(home.Folder);
        return (drive.AvailableFreeSpace, drive.TotalSize);
    }

    /// <summary>What so much room means.</summary>
    internal static ProbeResult Judge(long free, long size)
    {
        var part = size > 0 ? (double)free / size : 0;
        var message = $"{part * 100:0.#} % of the home's disk is free.";
        return part < Out ? ProbeResult.Unhealthy(message)
            : part < Low ? ProbeResult.Degraded(message)
            : ProbeResult.Healthy(message);
    }
}
