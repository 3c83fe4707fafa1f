using System.Diagnostics.Metrics;

namespace TrueUp.Server.Metrics;

/// <summary>
/// The machine and this process. The machine's have the names of Prometheus' node_exporter, so that its dashboards fit.
/// </summary>
internal sealed class HostGauges
{
    private readonly HostReader _host;

    public HostGauges(ServerMeter meter, HostReader host, TimeProvider clock)
    {
        _host = host;
        meter.CreateObservableCounter(
            "node_cpu_seconds_total",
            () => _host.CpuSeconds().Select(cpu => ServerMeter.Of(cpu.Seconds, ("mode", cpu.Mode))),
            null,
            "Time of all processors by what they did."
        );
        meter.Gauge("node_memory_MemTotal_bytes", "Memory of the machine.", MemoryTotal);
        meter.Gauge("node_memory_MemAvailable_bytes", "Memory that programs can still get.", MemoryAvailable);
        meter.Gauge("node_filesystem_size_bytes", "Size of a file system.", () => Disks(drive => drive.TotalSize));
        meter.Gauge(
            "node_filesystem_avail_bytes",
            "Room on a file system for this process.",
            () => Disks(drive => drive.AvailableFreeSpace)
        );
        meter.CreateObservableCounter(
            "process_cpu_seconds_total",
            () => Environment.CpuUsage.TotalTime.TotalSeconds,
            null,
            "Processor time of this process."
        );
        meter.Gauge("process_resident_memory_bytes", "Memory this process has.", () => Environment.WorkingSet);
        meter.Gauge("process_managed_memory_bytes", "Memory of its objects.", () => GC.GetTotalMemory(false));
        var started = clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        meter.Gauge("process_start_time_seconds", "When this server was started (Unix time).", () => started);
        meter.Gauge("process_thread_pool_queue_length", "Work that waits for a thread.", PendingWork);
    }

    private static double PendingWork() => ThreadPool.PendingWorkItemCount;

    private double MemoryTotal() => _host.MemoryBytes("MemTotal") ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    private double MemoryAvailable() =>
        _host.MemoryBytes("MemAvailable")
        ?? Math.Max(0, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - GC.GetGCMemoryInfo().MemoryLoadBytes);

    private IEnumerable<Measurement<double>> Disks(Func<DriveInfo, long> read)
    {
        foreach (var (device, drive) in Drives())
        {
            double bytes;
            try
            {
                bytes = read(drive);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // It went away between being listed and being asked: then there is nothing to say of it.
                continue;
            }
            yield return ServerMeter.Of(bytes, ("device", device));
        }
    }

    private IEnumerable<(string Device, DriveInfo Drive)> Drives() =>
        _host.Mounts() is { Count: > 0 } mounts
            ? mounts.Select(mount => (mount.Device, new DriveInfo(mount.Folder)))
            : DriveInfo
                .GetDrives()
                .Where(drive => drive is { DriveType: DriveType.Fixed, IsReady: true })
                .Select(drive => (drive.Name, drive));
}
