using System.IO.Compression;
using Microsoft.Extensions.Logging;
using TrueUp.Server.Logs;
using TrueUp.Server.Settings;

namespace TrueUp.Server.Tests.Logs;

public sealed class LogFileTests
{
    private static readonly LogSettings Small = new() { SizeBytes = 1000, Compress = false };

    [Fact]
    public async Task A_file_is_closed_before_it_is_too_large()
    {
        await using var bench = new LogBench(Small);

        Fill(bench, entries: 30);

        bench.Backups.Length.ShouldBeGreaterThan(2);
        foreach (var backup in bench.Backups)
        {
            new FileInfo(bench.PathOf(backup)).Length.ShouldBeInRange(500, 1000);
        }
        bench.Backups.Sum(b => File.ReadAllLines(bench.PathOf(b)).Length).ShouldBe(30 - Lines(bench.Text));
    }

    [Fact]
    public async Task No_more_closed_files_are_kept_than_allowed()
    {
        await using var bench = new LogBench(Small with { Backups = 2 });

        Fill(bench, entries: 50);
        await bench.Logs.File.IdleAsync();

        bench.Backups.Length.ShouldBe(2);
        File.ReadAllText(bench.PathOf(bench.Backups[0])).ShouldNotContain("entry 0 ");
    }

    [Fact]
    public async Task Closed_files_are_compressed_and_can_be_read()
    {
        await using var bench = new LogBench(Small with { Compress = true });

        Fill(bench, entries: 30);
        await bench.Logs.File.IdleAsync();

        bench.Backups.ShouldAllBe(name => name.EndsWith(".log.gz"));
        using var reader = new StreamReader(
            new GZipStream(File.OpenRead(bench.PathOf(bench.Backups[^1])), CompressionMode.Decompress)
        );
        (await reader.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull().ShouldContain("entry 0 ");
    }

    [Fact]
    public async Task Closed_files_are_deleted_when_they_are_too_old()
    {
        await using var bench = new LogBench(Small with { Days = 7 });
        Fill(bench, entries: 6);
        var old = bench.Backups.ShouldHaveSingleItem();

        bench.Clock.Advance(TimeSpan.FromDays(6.9));
        Fill(bench, entries: 6);
        await bench.Logs.File.IdleAsync();
        bench.Backups.ShouldContain(old);

        bench.Clock.Advance(TimeSpan.FromDays(0.2));
        Fill(bench, entries: 6);
        await bench.Logs.File.IdleAsync();
        bench.Backups.ShouldNotContain(old);
        bench.Backups.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_a_quiet_server_wrote_gets_no_older_than_allowed()
    {
        await using var bench = new LogBench(
            new LogSettings
            {
                Days = 10,
                Backups = 5,
                Compress = false,
            }
        );

        for (var day = 0; day < 30; day++)
        {
            bench.Logger.LogInformation("day {Day}", day);
            bench.Clock.Advance(TimeSpan.FromDays(1));
        }
        await bench.Logs.File.IdleAsync();

        string[] all = [.. bench.Backups.SelectMany(b => File.ReadLines(bench.PathOf(b))), bench.Text];
        all.ShouldNotContain(line => line.Contains("\"day 15\""));
        all.ShouldContain(line => line.Contains("\"day 20\""));
    }

    [Fact]
    public async Task Size_and_number_change_while_the_server_runs()
    {
        await using var bench = new LogBench(Small with { SizeBytes = 1 << 20 });
        Fill(bench, entries: 30);
        bench.Backups.ShouldBeEmpty();

        bench.Change(log => log with { SizeBytes = 500, Backups = 1 });
        Fill(bench, entries: 30);
        await bench.Logs.File.IdleAsync();

        bench.Backups.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_starts_again_goes_on_with_its_file()
    {
        await using var bench = new LogBench();
        bench.Logger.LogInformation("first");
        await bench.Logs.DisposeAsync();

        await using var again = new LogFile(
            Path.GetDirectoryName(bench.Logs.File.Path)!,
            "server",
            bench.Clock,
            Default
        );
        again.Write("second\n"u8);

        again.Path.ShouldBe(bench.Logs.File.Path);
        Lines(bench.Text).ShouldBe(2);
    }

    [Fact]
    public async Task Servers_that_share_a_home_write_to_files_of_their_own()
    {
        await using var bench = new LogBench();

        await using var other = new LogFile(
            Path.GetDirectoryName(bench.Logs.File.Path)!,
            "server",
            bench.Clock,
            Default
        );
        other.Write("other\n"u8);

        Path.GetFileName(other.Path).ShouldBe("server-2.log");
        bench.Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_disk_that_does_not_take_lines_costs_lines_and_says_so_later()
    {
        await using var bench = new LogBench(Small);
        Fill(bench, entries: 4);
        // The name of the file to be closed is taken by a folder: the move fails as on a full disk.
        var taken = new LogFileName(Path.GetDirectoryName(bench.Logs.File.Path)!, "server").Closed(
            bench.Clock.GetUtcNow()
        );
        Directory.CreateDirectory(taken);

        Fill(bench, entries: 2);
        Directory.Delete(taken);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        Fill(bench, entries: 1);

        string.Concat(bench.Backups.Select(b => File.ReadAllText(bench.PathOf(b))).Append(bench.Text))
            .ShouldContain("entries could not be written before this one");
    }

    private static LogSettings Default() => new();

    private static int Lines(string text) => text.Count(c => c == '\n');

    private static void Fill(LogBench bench, int entries)
    {
        for (var i = 0; i < entries; i++)
        {
            bench.Logger.LogInformation("entry {Number} {Filling}", i, new string('x', 40));
        }
    }
}
