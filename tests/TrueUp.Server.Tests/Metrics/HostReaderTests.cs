using TrueUp.Server.Metrics;
using TrueUp.Server.Tests.Testing;
using TrueUp.Testing;

namespace TrueUp.Server.Tests.Metrics;

public sealed class HostReaderTests
{
    [Fact]
    public void What_Linux_says_of_the_machine_is_read()
    {
        using var proc = new TemporaryFolder();
        proc.Write("stat", "cpu  1000 20 300 40000 50 0 6 7 0 0\ncpu0 1 2 3\n");
        proc.Write("meminfo", "MemTotal:       1024 kB\nMemFree:  1 kB\nMemAvailable:    512 kB\n");
        proc.Write(
            "mounts",
            $"proc /proc proc rw 0 0\n/dev/sda1 {proc.Path} ext4 rw 0 0\n/dev/sda1 /tmp ext4 rw 0 0\n"
        );
        var host = new HostReader(proc.Path);

        host.CpuSeconds()
            .ShouldBe([
                ("user", 10),
                ("nice", .2),
                ("system", 3),
                ("idle", 400),
                ("iowait", .5),
                ("irq", 0),
                ("softirq", .06),
                ("steal", .07),
            ]);
        host.MemoryBytes("MemTotal").ShouldBe(1024 * 1024);
        host.MemoryBytes("MemAvailable").ShouldBe(512 * 1024);
        host.Mounts().ShouldHaveSingleItem().ShouldBe(("/dev/sda1", proc.Path));
    }

    [Fact]
    public void A_system_without_proc_is_no_failure()
    {
        var host = new HostReader("/there/is/no/such/folder");

        host.CpuSeconds().ShouldBeEmpty();
        host.MemoryBytes("MemTotal").ShouldBeNull();
        host.Mounts().ShouldBeEmpty();
    }

    [Fact]
    public void A_rate_is_the_mean_of_the_last_minute()
    {
        var clock = new ManualClock();
        var rate = new RateWindow(clock);
        rate.Add(600);
        rate.PerSecond().ShouldBe(10);

        clock.Advance(TimeSpan.FromSeconds(30));
        rate.Add(60);
        rate.PerSecond().ShouldBe(11);

        clock.Advance(TimeSpan.FromSeconds(31));
        rate.PerSecond().ShouldBe(1);

        clock.Advance(TimeSpan.FromHours(1));
        rate.PerSecond().ShouldBe(0);
    }
}
