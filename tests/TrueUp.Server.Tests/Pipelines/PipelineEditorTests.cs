using System.Runtime.Versioning;
using FsCheck.Fluent;
using TrueUp.Server.Settings;
using TrueUp.Server.Tests.Testing;
using TrueUp.Store.Settings;
using static TrueUp.Server.Tests.Pipelines.PipelineWorld;

namespace TrueUp.Server.Tests.Pipelines;

[UnsupportedOSPlatform("windows")]
public sealed class PipelineEditorTests : IAsyncDisposable
{
    private readonly PipelineWorld _world = new();

    [Fact]
    public async Task A_new_pipeline_is_in_force_when_the_call_returns()
    {
        var outcome = await _world.Editor.CreateAsync(Yaml("sellers", 1), By("ada"), CancellationToken.None);

        outcome.Result.ShouldBe(ChangeResult.Done);
        _world.Attempts("sellers").ShouldBe(1);
        outcome.Hash.ShouldBe(_world.Catalog.Find("sellers")!.FileHash);
        File.GetUnixFileMode(_world.File("sellers.yaml")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await _world.HistoryAsync("sellers"))
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                h => h.ChangedBy.ShouldBe("ada"),
                h => h.Source.ShouldBe(ConfigSource.Api),
                h => h.OldValue.ShouldBeNull()
            );
        Directory.EnumerateFileSystemEntries(_world.Path).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_replaced_file_keeps_its_place_and_its_mode()
    {
        _world.Write("a.yaml", Yaml("sellers", 1));
        var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(_world.File("a.yaml"), mode);
        await _world.LookAsync();
        var other = _world.Server();
        await _world.LookAsync(other.Folder);

        await _world.Editor.ReplaceAsync("sellers", Yaml("sellers", 2), By("ada"), CancellationToken.None);
        await _world.LookAsync(other.Folder);

        _world.Attempts("sellers").ShouldBe(2);
        other.Catalog.Find("sellers")!.Verify.Attempts.ShouldBe(2);
        Directory.EnumerateFiles(_world.Path).ShouldBe([_world.File("a.yaml")]);
        File.GetUnixFileMode(_world.File("a.yaml")).ShouldBe(mode);
        (await _world.HistoryAsync("sellers")).Select(h => h.ChangedBy).ShouldBe(["ada", "file"]);
    }

    [Fact]
    public async Task What_is_wrong_is_refused_and_changes_nothing()
    {
        _world.Write("a.yaml", Yaml("sellers", 1));
        await _world.LookAsync();

        (await ReplaceAsync("sellers", Yaml("sellers", 99))).ShouldBe("Invalid bad_value");
        (await ReplaceAsync("sellers", Yaml("others"))).ShouldBe("Invalid bad_value");
        (await ReplaceAsync("sellers", Yaml("sellers", 2, "# password: hunter2"))).ShouldBe("Invalid inline_secret");
        (await ReplaceAsync("sellers", new string('#', (1 << 20) + 1))).ShouldBe("Invalid file_too_large");
        (await ReplaceAsync("../sellers", Yaml("sellers"))).ShouldBe("NotFound ");
        (await ReplaceAsync("nothing", Yaml("nothing"))).ShouldBe("NotFound ");
        (await CreateAsync(Yaml("sellers"))).ShouldBe("Conflict ");
        (await CreateAsync(Yaml("../x"))).ShouldBe("Invalid bad_value");

        _world.Attempts("sellers").ShouldBe(1);
        Directory.EnumerateFileSystemEntries(_world.Path).ShouldHaveSingleItem();
        (await _world.HistoryAsync("sellers")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_change_meant_for_another_version_is_a_conflict_also_before_anybody_looked()
    {
        _world.Write("a.yaml", Yaml("sellers", 1));
        await _world.LookAsync();
        var seen = _world.Catalog.Find("sellers")!.FileHash;
        _world.Write("a.yaml", Yaml("sellers", 5));

        var outcome = await _world.Editor.ReplaceAsync(
            "sellers",
            Yaml("sellers", 2),
            new ChangeOrder("ada", null, seen),
            CancellationToken.None
        );

        outcome.Result.ShouldBe(ChangeResult.Conflict);
        _world.Attempts("sellers").ShouldBe(5);
    }

    [Fact]
    public async Task A_new_pipeline_does_not_replace_the_file_of_another_that_has_its_name()
    {
        _world.Write("sellers.yaml", Yaml("others", 1));
        await _world.LookAsync();

        (await CreateAsync(Yaml("sellers"))).ShouldBe("Conflict ");

        _world.Attempts("others").ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_told_and_the_history_says_what_is_in_force()
    {
        _world.Write("a.yaml", Yaml("sellers", 1));
        await _world.LookAsync();
        // As root may write anywhere, a folder in the file's place stands for a file system that refuses.
        File.Delete(_world.File("a.yaml"));
        Directory.CreateDirectory(_world.File("a.yaml"));
        _world.Write("a.yaml/x", "");

        (await ReplaceAsync("sellers", Yaml("sellers", 2))).ShouldBe("Invalid file_not_writable");

        Directory.EnumerateFileSystemEntries(_world.Path).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_link_is_not_replaced()
    {
        Directory.CreateDirectory(_world.File("d"));
        _world.Write("d/a.yml", Yaml("sellers", 1));
        File.CreateSymbolicLink(_world.File("a.yaml"), "d/a.yml");
        await _world.LookAsync();

        (await ReplaceAsync("sellers", Yaml("sellers", 2))).ShouldBe("Invalid file_is_link");
    }

    [Fact]
    public async Task A_version_whose_text_was_not_kept_cannot_be_put_back()
    {
        _world.Write("a.yaml", Yaml("sellers", 1, "# password: hunter2"));
        await _world.LookAsync();
        await ReplaceAsync("sellers", Yaml("sellers", 2));
        var id = (await _world.HistoryAsync("sellers"))[0].Id;

        var outcome = await _world.Editor.RevertAsync("sellers", id, By("ada"), CancellationToken.None);

        outcome.Findings.ShouldHaveSingleItem().Code.ShouldBe("text_withheld");
        (await _world.Editor.RevertAsync("buyers", id, By("ada"), CancellationToken.None)).Result.ShouldBe(
            ChangeResult.NotFound
        );
    }

    [Fact]
    public void P46_a_changed_pipeline_is_in_force_at_once_told_with_who_changed_it_and_can_be_taken_back() =>
        Cases.Check(
            Gen.ListOf(
                from kind in Gen.Elements("file", "break", "api", "delete", "revert")
                // One digit, so that each version has a length of its own: written within one tick of the file system's
                // clock, two of one length look the same.
                from attempts in Gen.Choose(1, 9)
                from who in Gen.Elements("ada", "grace")
                select (kind, attempts, who)
            ),
            async steps =>
            {
                await using var world = new PipelineWorld();
                await world.LookAsync();
                int? inForce = null;
                List<(int?, int?, string)> told = [];
                var isBroken = false;
                var version = 0;
                foreach (var (kind, attempts, who) in steps.Take(8))
                {
                    var (before, by) = (inForce, who);
                    switch (kind)
                    {
                        case "file":
                            world.Write("sellers.yaml", Yaml("sellers", attempts, Unlike(++version)));
                            (inForce, by, isBroken) = (attempts, "file", false);
                            break;
                        case "break":
                            world.Write("sellers.yaml", $"name: {Unlike(++version)}");
                            isBroken = true;
                            break;
                        case "api" when inForce is null && !isBroken:
                            await world.Editor.CreateAsync(
                                Yaml("sellers", attempts, Unlike(++version)),
                                By(who),
                                CancellationToken.None
                            );
                            (inForce, isBroken) = (attempts, false);
                            break;
                        case "api":
                            await world.Editor.ReplaceAsync(
                                "sellers",
                                Yaml("sellers", attempts, Unlike(++version)),
                                By(who),
                                CancellationToken.None
                            );
                            (inForce, isBroken) = (attempts, false);
                            break;
                        case "delete":
                            await world.Editor.DeleteAsync("sellers", By(who), CancellationToken.None);
                            (inForce, isBroken) = (null, false);
                            break;
                        case "revert" when told.Count > 0:
                            var history = (await world.HistoryAsync("sellers")).Reverse().ToList();
                            var at = attempts % history.Count;
                            await world.Editor.RevertAsync("sellers", history[at].Id, By(who), CancellationToken.None);
                            (inForce, isBroken) = (told[at].Item1, false);
                            break;
                    }
                    await world.LookAsync();
                    world.Attempts("sellers").ShouldBe(inForce, $"after {kind}");
                    var lines = (await world.HistoryAsync("sellers")).Reverse().ToList();
                    if (lines.Count > told.Count)
                    {
                        told.Add((before, inForce, by));
                    }
                    lines
                        .Select(h => (AttemptsOf(h.OldValue), AttemptsOf(h.NewValue), h.ChangedBy))
                        .ShouldBe(told, $"after {kind}");
                    (before == inForce || lines.Count > 0).ShouldBeTrue();
                }
            }
        );

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private static string Unlike(int version) => $"# {new string('x', version)}";

    private static int? AttemptsOf(string? note) =>
        TrueUp.Server.Pipelines.PipelineNote.Read(note) is { Text: { } text }
            ? int.Parse(text.Split("attempts: ")[1].Split('}')[0])
            : null;

    private async Task<string> ReplaceAsync(string name, string text) =>
        Show(await _world.Editor.ReplaceAsync(name, text, By("ada"), CancellationToken.None));

    private async Task<string> CreateAsync(string text) =>
        Show(await _world.Editor.CreateAsync(text, By("ada"), CancellationToken.None));

    private static string Show(TrueUp.Server.Pipelines.EditOutcome outcome) =>
        $"{outcome.Result} {string.Join(' ', outcome.Findings.Select(f => f.Code))}";
}
