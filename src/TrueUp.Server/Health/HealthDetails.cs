namespace TrueUp.Server.Health;

/// <summary>What a viewer may know of a server beyond how well it is.</summary>
internal sealed record HealthDetails(
    string Version,
    string Node,
    double UptimeSeconds,
    HealthDetails.CpuBody Cpu,
    HealthDetails.MemoryBody Memory,
    HealthDetails.DiskBody Disk,
    HealthDetails.PoolsBody Pools,
    IReadOnlyDictionary<string, long> Queue,
    IReadOnlyList<HealthDetails.NodeBody> Nodes,
    IReadOnlyList<HealthDetails.PipelineBody> Pipelines
)
{
    /// <summary>Processor time of this process so far, and how many processors it has.</summary>
    internal sealed record CpuBody(double Seconds, int Processors);

    /// <summary>Bytes: this process, its objects, the machine's and what of them is available.</summary>
    internal sealed record MemoryBody(long ProcessBytes, long ManagedBytes, double? TotalBytes, double? AvailableBytes);

    /// <summary>Bytes of the file system that holds the home.</summary>
    internal sealed record DiskBody(long FreeBytes, long SizeBytes);

    /// <summary>What is shared out: runs at the same time, and threads.</summary>
    internal sealed record PoolsBody(int Running, int RunningMax, int Threads, long ThreadsWaitedFor);

    /// <summary>A server.</summary>
    internal sealed record NodeBody(
        string Name,
        string Version,
        string State,
        bool IsAlive,
        int Running,
        int RunningMax
    );

    /// <summary>A pipeline: of its last runs on this server, how many failed (0 to 1).</summary>
    internal sealed record PipelineBody(
        string Name,
        string? LastStatus,
        int RunsHere,
        double ErrorRate,
        double? ProofAgeSeconds,
        bool IsPaused
    );
}
