using TrueUp.Sides;
using TrueUp.Store.Tests.Testing;
using TrueUp.Testing;

namespace TrueUp.Store.Tests.Images;

public sealed class BeforeImagesTests : IAsyncDisposable
{
    private const string RunId = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    private readonly TemporaryFolder _folder = new();
    private readonly TrueUpHome _home;

    public BeforeImagesTests() => _home = TrueUpHome.Open(_folder.File("home"), new TestClock());

    private string Run => _folder.File($"home/undo/{RunId}");

    private string Images => Path.Combine(Run, "images.img");

    public async ValueTask DisposeAsync()
    {
        await _home.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void Frames_come_back_as_they_were_added()
    {
        var frames = Frames();
        Write(frames);

        _home.Images.Read(RunId).ShouldBe(frames);
    }

    [Fact]
    public void Nothing_is_made_before_the_first_frame()
    {
        using (var log = _home.Images.Begin(RunId))
        {
            log.Flush();
        }

        Directory.Exists(Run).ShouldBeFalse();
        _home.Images.Read(RunId).ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_owner_can_read_replaced_rows()
    {
        Write(Frames());

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Images).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.GetUnixFileMode(Run)
                .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void What_a_killed_run_left_is_read_to_its_last_whole_frame()
    {
        var frames = Frames();
        Write(frames);
        var bytes = File.ReadAllBytes(Images);

        for (var length = 0; length < bytes.Length; length += 97)
        {
            File.WriteAllBytes(Images, bytes[..length]);
            var read = _home.Images.Read(RunId).ToList();
            read.ShouldBe(frames.Take(read.Count));
            read.Count.ShouldBeLessThan(frames.Count);
        }
    }

    [Fact]
    public void A_flipped_bit_is_found()
    {
        Write(Frames());
        var bytes = File.ReadAllBytes(Images);
        bytes[bytes.Length / 2] ^= 4;
        File.WriteAllBytes(Images, bytes);

        Should.Throw<SideException>(() => _home.Images.Read(RunId).ToList()).Code.ShouldBe("before_images_damaged");
    }

    [Fact]
    public void Rows_that_cannot_be_kept_stop_the_run()
    {
        _folder.Write($"home/undo/{RunId}", "a file where the folder should be");
        using var log = _home.Images.Begin(RunId);

        Should.Throw<SideException>(() => log.Append([1, 2, 3])).Code.ShouldBe("before_images_unavailable");
    }

    [Fact]
    public void A_text_that_is_no_run_leads_out_of_no_folder() => _home.Images.Read("../../../etc").ShouldBeEmpty();

    private static List<byte[]> Frames()
    {
        var random = new Random(7);
        var frames = new List<byte[]>();
        for (var i = 1; i <= 20; i++)
        {
            frames.Add(new byte[i * i * 50]);
            random.NextBytes(frames[^1].AsSpan(0, i));
        }
        return frames;
    }

    private void Write(List<byte[]> frames)
    {
        using var log = _home.Images.Begin(RunId);
        frames.ForEach(frame => log.Append(frame));
        log.Flush();
    }
}
