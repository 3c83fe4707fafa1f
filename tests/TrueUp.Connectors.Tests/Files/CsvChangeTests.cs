using System.Security.Cryptography;
using TrueUp.Connectors.Files;
using TrueUp.Digests;
using TrueUp.Sides;

namespace TrueUp.Connectors.Tests.Files;

public sealed class CsvChangeTests : CsvFixture
{
    private const string Before = "id,name\n1,x\n2,y\n";

    [Fact]
    public async Task The_position_is_the_hash_and_length_of_the_file()
    {
        await using var opened = await Opened.Of(Folder.Write("data.csv", Before));
        var hash = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Before)));
        opened.Rows.Position.ShouldBe(new SidePosition("file", $"sha256:{hash};bytes:{Before.Length}"));
    }

    [Fact]
    public async Task Rewriting_a_file_is_noticed_even_when_length_and_time_are_the_same()
    {
        var path = Folder.Write("data.csv", Before);
        await using var opened = await Opened.Of(path);
        var written = File.GetLastWriteTimeUtc(path);
        File.WriteAllText(path, Before.Replace("y", "z"));
        File.SetLastWriteTimeUtc(path, written);
        (await Should.ThrowAsync<SideException>(opened.ReadAsync)).Code.ShouldBe("source_changed");
    }

    [Fact]
    public async Task Appending_to_a_file_is_noticed()
    {
        var path = Folder.Write("data.csv", Before);
        await using var opened = await Opened.Of(path);
        File.AppendAllText(path, "3,z\n");
        await opened.ReadAsync();
        (await Should.ThrowAsync<SideException>(opened.CheckAsync)).Code.ShouldBe("source_changed");
    }

    [Fact]
    public async Task Replacing_a_file_is_noticed_though_what_is_read_stays_the_old_one()
    {
        var path = Folder.Write("data.csv", Before);
        await using var opened = await Opened.Of(path);
        File.Move(Folder.Write("next.csv", Before.Replace("y", "z")), path, overwrite: true);
        await opened.ReadAsync();
        (await Should.ThrowAsync<SideException>(opened.CheckAsync)).Code.ShouldBe("source_changed");
    }

    [Fact]
    public async Task Deleting_a_file_is_noticed()
    {
        var path = Folder.Write("data.csv", Before);
        await using var opened = await Opened.Of(path);
        File.Delete(path);
        (await Should.ThrowAsync<SideException>(opened.CheckAsync)).Code.ShouldBe("source_changed");
    }

    [Fact]
    public async Task Writing_the_same_content_again_is_no_change()
    {
        var path = Folder.Write("data.csv", Before);
        await using var opened = await Opened.Of(path);
        File.WriteAllText(path, Before);
        await opened.ReadAsync();
        await opened.CheckAsync();
    }

    [Fact]
    public async Task Every_reading_gives_the_same_digest_and_ordinals()
    {
        var content = "id,name\n" + string.Concat(Enumerable.Range(1, 20_000).Select(i => $"{i},name {i}\n"));
        await using var opened = await Opened.Of(Folder.Write("data.csv", content));
        var parts = Partitioning.ByBuckets(16);
        var first = await opened.Rows.DigestAsync(parts, 7, default);
        (await opened.Rows.DigestAsync(parts, 7, default)).ShouldBe(first);
        first.Sum(d => d.Count).ShouldBe(20_000);
        (await opened.Rows.IsEmptyAsync(default)).ShouldBeFalse();
        (await FileReading.Of(null!, opened.Plan, opened.Rows)).Ordinals.ShouldBe(
            Enumerable.Range(1, 20_000).Select(i => (long)i)
        );
    }

    [Fact]
    public async Task A_reading_can_be_left_in_the_middle()
    {
        var content =
            "id,name\n" + string.Concat(Enumerable.Range(1, 200_000).Select(i => $"{i},{new string('x', 50)}\n"));
        await using var opened = await Opened.Of(Folder.Write("data.csv", content));
        await foreach (var batch in opened.Rows.ReadAsync(PartSelection.Everything, null, default))
        {
            batch.Dispose();
            break;
        }
        await opened.ReadAsync();
    }

    private sealed record Opened(ISource Source, RowPlan Plan, IRowSet Rows) : IAsyncDisposable
    {
        public static async Task<Opened> Of(string path)
        {
            var source = new CsvConnector().OpenSource(Side(path));
            var plan = FileReading.Plan(await source.DescribeAsync(default));
            return new Opened(source, plan, await source.OpenAsync(plan, default));
        }

        public async Task ReadAsync() => await FileReading.Of(null!, Plan, Rows);

        public async Task CheckAsync() => await Rows.CheckUnchangedAsync(default);

        public async ValueTask DisposeAsync()
        {
            await Rows.DisposeAsync();
            await Source.DisposeAsync();
        }
    }
}
