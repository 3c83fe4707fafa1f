using FsCheck;
using FsCheck.Fluent;
using TrueUp.Audit;
using TrueUp.Sides;
using TrueUp.Store.Records;
using TrueUp.Store.Tests.Testing;
using TrueUp.Testing;

namespace TrueUp.Store.Tests.Records;

public sealed class RecordLogTests : IDisposable
{
    private const string RunId = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _clock = new();

    private string Segment => _folder.File("run/000001.rec");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_row_of_a_batch_is_an_entry()
    {
        await WriteAsync(log =>
        {
            for (var batch = 0; batch < 50; batch++)
            {
                using var rows = Sample.Rows(batch * 4000, 4000);
                log.Add("u", RecordOperation.Create, rows);
            }
        });

        var entries = Read().ToList();

        entries.Select(e => e.Key).ShouldBe(Enumerable.Range(0, 200_000).Select(id => id.ToString()));
        entries.ShouldAllBe(e =>
            e.Unit == "u" && e.Succeeded && e.Operation == RecordOperation.Create && e.Timestamp == _clock.Now
            && e.Count == 1);
    }

    [Fact]
    public async Task A_search_by_key_unpacks_nearly_only_blocks_that_hold_it()
    {
        await WriteAsync(log =>
        {
            for (var batch = 0; batch < 100; batch++)
            {
                using var rows = Sample.Rows(batch * 4000, 4000);
                log.Add("", RecordOperation.Create, rows);
            }
        });
        var unpacked = 0;
        for (var id = 0; id < 400_000; id += 4000)
        {
            var reader = new SegmentReader(Segment, RunId);
            reader.Read(Filter(key: id.ToString())).ShouldHaveSingleItem().Key.ShouldBe(id.ToString());
            unpacked += reader.BlocksUnpacked;
        }
        var all = new SegmentReader(Segment, RunId);
        all.Read(Filter()).Count().ShouldBe(400_000);

        // One block a search, and one in a hundred in vain.
        all.BlocksUnpacked.ShouldBeGreaterThan(20);
        unpacked.ShouldBeLessThan(100 + 100 * all.BlocksUnpacked / 20);
    }

    [Fact]
    public async Task A_bulk_batch_is_one_entry_with_its_first_and_last_key()
    {
        await WriteAsync(log =>
        {
            using var rows = Sample.Rows(10, 4096);
            log.AddBulk("u", RecordOperation.Create, rows);
        });

        var entry = Read().ShouldHaveSingleItem();
        (entry.Count, entry.Key, entry.LastKey).ShouldBe((4096, "10", "4105"));
        Read(Filter(key: "10")).ShouldHaveSingleItem();
        Read(Filter(key: "4105")).ShouldHaveSingleItem();
        Read(Filter(key: "11")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Threads_may_write_at_the_same_time()
    {
        await WriteAsync(log => Parallel.For(0, 64, unit =>
        {
            using var rows = Sample.Rows(unit * 1000, 1000);
            log.Add($"u{unit}", RecordOperation.Update, rows);
            log.Add($"u{unit}", RecordOperation.Skip, "last", "why");
        }));

        var entries = Read().ToList();

        entries.Count.ShouldBe(64 * 1001);
        entries.GroupBy(e => e.Unit).ShouldAllBe(unit => unit.Count() == 1001);
        entries.Count(e => e.Error == "why" && !e.Succeeded).ShouldBe(64);
    }

    [Fact]
    public void Any_text_is_kept_as_it_is()
    {
        var text = ArbMap.Default.GeneratorFor<string>().Where(s => s is not null && s.All(c => !char.IsSurrogate(c)));
        Cases.Check(
            Gen.ListOf(
            from key in text
            from unit in text
            from error in Gen.OneOf(text.Select(t => (string?)t),
            Gen.Constant<string?>(null))
            select (key, unit, error)),
            async entries =>
            {
                using var folder = new TemporaryFolder();
                await WriteAsync(
                    log =>
                    {
                        foreach (var (key, unit, error) in entries)
                        {
                            log.Add(unit, RecordOperation.Skip, key, error);
                        }
                    }, folder.File("run"));

                var file = folder.File("run/000001.rec");
                var read = File.Exists(file)
                    ? new SegmentReader(file, RunId).Read(Filter()).Select(e => (e.Key, e.Unit, e.Error)) : [];
                read.ShouldBe(entries, ignoreOrder: true);
            });
    }

    [Fact]
    public async Task What_a_killed_run_has_written_is_read_to_its_last_whole_block()
    {
        await WriteAsync(log =>
        {
            for (var batch = 0; batch < 50; batch++)
            {
                using var rows = Sample.Rows(batch * 4000, 4000);
                log.Add("", RecordOperation.Create, rows);
            }
        });
        var whole = await File.ReadAllBytesAsync(Segment);
        var last = int.MaxValue;
        foreach (var length in Enumerable.Range(0, 40).Select(i => whole.Length - i * whole.Length / 40))
        {
            await File.WriteAllBytesAsync(Segment, whole[..length]);

            var keys = Read().Select(e => e.Key).ToList();

            keys.ShouldBe(Enumerable.Range(0, keys.Count).Select(id => id.ToString()));
            keys.Count.ShouldBeLessThanOrEqualTo(last);
            last = keys.Count;
        }
    }

    [Fact]
    public async Task A_damaged_file_is_noticed()
    {
        await WriteAsync(log => log.Add("", RecordOperation.Skip, "a key", "why"));
        var bytes = await File.ReadAllBytesAsync(Segment);
        foreach (var at in (int[])[0, 44, BlockHeader.Size, bytes.Length - 1])
        {
            bytes[at] ^= 1;
            await File.WriteAllBytesAsync(Segment, bytes);
            Should.Throw<SideException>(() => Read().ToList()).Code.ShouldBe("record_log_damaged");
            bytes[at] ^= 1;
        }
    }

    [Fact]
    public async Task A_run_without_records_leaves_no_folder()
    {
        await WriteAsync(_ => { });

        Directory.Exists(_folder.File("run")).ShouldBeFalse();
    }

    private Task WriteAsync(Action<RecordLog> write) => WriteAsync(write, _folder.File("run"));

    private async Task WriteAsync(Action<RecordLog> write, string folder)
    {
        await using var log = new RecordLog(folder, _clock);
        write(log);
        await log.CompleteAsync();
        log.Failure.ShouldBeNull();
    }

    private static RecordFilter Filter(string? key = null) => new(key, null, null, null, null, null);

    private IEnumerable<RecordEntry> Read(RecordFilter? filter = null) =>
        new SegmentReader(Segment, RunId).Read(filter ?? Filter());
}
