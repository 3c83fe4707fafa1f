using TrueUp.Server.Settings.Watching;
using TrueUp.Testing;
using TrueUp.Testing.Simulation;

namespace TrueUp.Server.Tests.Settings;

public sealed class FileWatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SimulatedClock _clock = new();
    private readonly FileWatch _watch;

    public FileWatchTests() => _watch = new FileWatch(_folder.File("a"), _clock);

    [Fact]
    public void A_change_is_taken_when_the_file_has_come_to_rest()
    {
        _folder.Write("a", "1");
        _watch.Look(atOnce: true).ShouldBe(FileLook.Changed);
        _watch.Look(atOnce: false).ShouldBe(FileLook.Same);

        _folder.Write("a", "12");
        _watch.Look(atOnce: false).ShouldBe(FileLook.Moving);
        _clock.Advance(FileWatch.Rest / 2);
        _folder.Write("a", "123");
        _watch.Look(atOnce: false).ShouldBe(FileLook.Moving);
        _clock.Advance(FileWatch.Rest / 2);
        _watch.Look(atOnce: false).ShouldBe(FileLook.Moving);
        _clock.Advance(FileWatch.Rest / 2);

        _watch.Look(atOnce: false).ShouldBe(FileLook.Changed);
        _watch.Look(atOnce: false).ShouldBe(FileLook.Same);
    }

    [Fact]
    public void A_file_that_never_rests_is_taken_in_the_end()
    {
        _folder.Write("a", "1");
        _watch.Look(atOnce: true);
        var looks = 0;
        do
        {
            _folder.Write("a", new string('x', ++looks + 1));
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        } while (_watch.Look(atOnce: false) == FileLook.Moving && looks < 1000);

        _clock.GetUtcNow().ShouldBeLessThan(new SimulatedClock().GetUtcNow() + FileWatch.RestlessMax * 1.1);
    }

    [Fact]
    public void A_file_that_is_replaced_while_it_is_looked_at_is_not_taken_for_deleted()
    {
        _folder.Write("a", "1");
        _watch.Look(atOnce: true);

        File.Delete(_folder.File("a"));
        _watch.Look(atOnce: false).ShouldBe(FileLook.Moving);
        _clock.Advance(FileWatch.Rest / 2);
        _folder.Write("a", "22");
        _watch.Look(atOnce: false).ShouldBe(FileLook.Moving);
        _clock.Advance(FileWatch.Rest);

        _watch.Look(atOnce: false).ShouldBe(FileLook.Changed);
        _watch.Taken!.Value.Exists.ShouldBeTrue();
    }

    [Fact]
    public void A_link_that_leads_somewhere_else_is_a_change()
    {
        // As a mounted ConfigMap does it: the file is a link through a link to a folder.
        Directory.CreateDirectory(_folder.File("v1"));
        Directory.CreateDirectory(_folder.File("v2"));
        _folder.Write("v1/a", "1");
        _folder.Write("v2/a", "2");
        File.SetLastWriteTimeUtc(_folder.File("v2/a"), File.GetLastWriteTimeUtc(_folder.File("v1/a")));
        Directory.CreateSymbolicLink(_folder.File("data"), "v1");
        File.CreateSymbolicLink(_folder.File("a"), "data/a");
        _watch.Look(atOnce: true).ShouldBe(FileLook.Changed);

        Directory.Delete(_folder.File("data"));
        Directory.CreateSymbolicLink(_folder.File("data"), "v2");

        _watch.Look(atOnce: true).ShouldBe(FileLook.Changed);
        _watch.Taken!.Value.Target!.ShouldEndWith("v2/a");
    }

    [Fact]
    public void Links_in_a_circle_are_no_file()
    {
        File.CreateSymbolicLink(_folder.File("a"), "b");
        File.CreateSymbolicLink(_folder.File("b"), "a");

        _watch.Look(atOnce: true).ShouldBe(FileLook.Changed);
        _watch.Taken!.Value.Exists.ShouldBeFalse();
    }

    public void Dispose() => _folder.Dispose();
}
