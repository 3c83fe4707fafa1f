using TrueUp.Server.Pipelines;
using static TrueUp.Server.Tests.Pipelines.PipelineWorld;

namespace TrueUp.Server.Tests.Pipelines;

public sealed class PipelineFolderTests : IAsyncDisposable
{
    private readonly PipelineWorld _world = new();

    [Fact]
    public async Task Files_that_come_change_and_go_are_taken_in()
    {
        _world.Write("a.yaml", Yaml("sellers", 1));
        await _world.LookAsync();
        _world.Attempts("sellers").ShouldBe(1);

        _world.Write("b.yaml", Yaml("buyers", 2));
        _world.Write("a.yaml", Yaml("sellers", 10));
        await _world.LookAsync();
        (_world.Attempts("sellers"), _world.Attempts("buyers")).ShouldBe((10, 2));

        File.Delete(_world.File("a.yaml"));
        await _world.LookAsync();
        _world.Catalog.Current.Keys.ShouldBe(["buyers"]);

        File.Move(_world.File("b.yaml"), _world.File("c.yaml"));
        await _world.LookAsync();
        _world.Catalog.Current["buyers"].IsBroken.ShouldBeFalse();
        _world.Catalog.Current["buyers"].File.ShouldBe(_world.File("c.yaml"));
    }

    [Fact]
    public async Task A_file_is_not_taken_while_it_is_being_written()
    {
        _world.Write("a.yaml", Yaml("sellers", 1));
        await _world.LookAsync();

        // So far it is a pipeline without mistakes, but not the one that is meant.
        _world.Write("a.yaml", "name: sellers\nsource: {type: csv, path: a.csv}\ntarget: {type: sqlite, path: a.db}\n");
        (await _world.Folder.LookAsync(thorough: false, CancellationToken.None)).ShouldBeTrue();
        _world.Attempts("sellers").ShouldBe(1);
        _world.Write("a.yaml", Yaml("sellers", 22 - 20));
        await _world.LookAsync();

        _world.Attempts("sellers").ShouldBe(2);
        (await _world.HistoryAsync("sellers")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_broken_file_leaves_its_last_good_version_in_force_and_says_why()
    {
        _world.Write("a.yaml", Yaml("sellers", 1));
        await _world.LookAsync();

        _world.Write("a.yaml", Yaml("sellers", 99));
        await _world.LookAsync();

        _world.Attempts("sellers").ShouldBe(1);
        _world.Catalog.Current["sellers"].IsBroken.ShouldBeTrue();
        _world.Codes("sellers").ShouldBe(["bad_value"]);
        (await _world.HistoryAsync("sellers")).ShouldHaveSingleItem();

        _world.Write("a.yaml", Yaml("sellers", 4));
        await _world.LookAsync();
        _world.Attempts("sellers").ShouldBe(4);
        _world.Codes("sellers").ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_files_with_one_name_none_is_taken()
    {
        _world.Write("a.yaml", Yaml("sellers", 1));
        _world.Write("b.yaml", Yaml("buyers", 1));
        await _world.LookAsync();
        _world.Write("c.yaml", Yaml("sellers", 2));
        _world.Write("d.yaml", Yaml("others", 2));
        _world.Write("e.yaml", Yaml("others", 3));
        await _world.LookAsync();

        _world.Codes("sellers").ShouldBe(["duplicate_name", "duplicate_name"]);
        _world.Attempts("sellers").ShouldBe(1, "What was in force stays.");
        _world.Attempts("others").ShouldBeNull();
        _world.Attempts("buyers").ShouldBe(1);

        File.Delete(_world.File("a.yaml"));
        await _world.LookAsync();
        _world.Attempts("sellers").ShouldBe(2);
        _world.Codes("sellers").ShouldBeEmpty();
    }

    [Fact]
    public async Task Files_that_are_not_what_they_seem_are_findings()
    {
        _world.Write("good.yaml", Yaml("good"));
        _world.Write("large.yaml", new string('#', (1 << 20) + 1));
        _world.Write("empty.yaml", "");
        _world.Write("binary.yaml", "\u0001");
        File.WriteAllText(_world.Outside, Yaml("outside"));
        File.CreateSymbolicLink(_world.File("outside.yaml"), _world.Outside);
        File.CreateSymbolicLink(_world.File("inside.yaml"), "hidden/inside.yml");
        Directory.CreateDirectory(_world.File("hidden"));
        _world.Write("hidden/inside.yml", Yaml("inside"));
        File.CreateSymbolicLink(_world.File("nowhere.yaml"), "nothing");
        File.CreateSymbolicLink(_world.File("circle.yaml"), "circle.yaml");

        await _world.LookAsync();

        _world.Catalog.Current.Values.Where(e => !e.IsBroken).Select(e => e.Name).ShouldBe(["good", "inside"]);
        _world.Codes("large").ShouldBe(["file_too_large"]);
        _world.Codes("empty").ShouldBe(["empty_file"]);
        _world.Codes("binary").ShouldBe(["not_text"]);
        _world.Codes("outside").ShouldBe(["link_outside"]);
    }

    [Fact]
    public async Task A_folder_that_vanishes_leaves_everything_in_force()
    {
        _world.Write("a.yaml", Yaml("sellers", 1));
        await _world.LookAsync();

        Directory.Move(_world.Path, _world.Path + "-away");
        await _world.LookAsync();
        _world.Attempts("sellers").ShouldBe(1);
        _world.Codes("sellers").ShouldBe(["folder_missing"]);

        Directory.Move(_world.Path + "-away", _world.Path);
        await _world.LookAsync();
        _world.Codes("sellers").ShouldBeEmpty();
        (await _world.HistoryAsync("sellers")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_thorough_look_sees_a_change_that_left_size_and_time_as_they_were()
    {
        _world.Write("a.yaml", Yaml("sellers", 1));
        await _world.LookAsync();
        var time = File.GetLastWriteTimeUtc(_world.File("a.yaml"));
        _world.Write("a.yaml", Yaml("sellers", 2));
        File.SetLastWriteTimeUtc(_world.File("a.yaml"), time);
        await _world.LookAsync();
        _world.Attempts("sellers").ShouldBe(1);

        await _world.Folder.LookAsync(thorough: true, CancellationToken.None);

        _world.Attempts("sellers").ShouldBe(2);
    }

    [Fact]
    public async Task A_change_is_told_once_however_many_servers_see_it_and_also_when_none_looked()
    {
        _world.Write("a.yaml", Yaml("sellers", 1));
        _world.Write("b.yaml", Yaml("buyers", 1));
        await _world.LookAsync();
        var other = _world.Server();
        await _world.LookAsync(other.Folder);
        _world.Write("a.yaml", Yaml("sellers", 2));
        await _world.LookAsync();
        await _world.LookAsync(other.Folder);

        var history = await _world.HistoryAsync("sellers");
        history.Select(h => PipelineNote.Read(h.NewValue)!.Text).ShouldBe([Yaml("sellers", 2), Yaml("sellers", 1)]);
        history.ShouldAllBe(h => h.ChangedBy == "file");

        File.Delete(_world.File("b.yaml"));
        await _world.LookAsync(_world.Server().Folder);
        (await _world.HistoryAsync("buyers")).Select(h => h.NewValue is null).ShouldBe([true, false]);
    }

    [Fact]
    public async Task The_text_of_a_file_with_a_secret_is_not_kept()
    {
        _world.Write("a.yaml", Yaml("sellers", 1, "# password: hunter2"));
        _world.Write("b.yaml", Yaml("buyers", 1, "# password: ${PW}"));
        await _world.LookAsync();

        var note = PipelineNote.Read((await _world.HistoryAsync("sellers"))[0].NewValue)!;
        note.Text.ShouldBeNull();
        note.Hash.ShouldBe(_world.Catalog.Find("sellers")!.FileHash);
        PipelineNote.Read((await _world.HistoryAsync("buyers"))[0].NewValue)!.Text.ShouldNotBeNull();
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();
}
