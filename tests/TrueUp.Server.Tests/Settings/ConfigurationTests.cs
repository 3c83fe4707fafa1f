using TrueUp.Server.Settings;
using TrueUp.Store.Settings;

namespace TrueUp.Server.Tests.Settings;

public sealed class ConfigurationTests
{
    [Fact]
    public async Task The_control_database_comes_before_the_file_and_the_file_before_the_default()
    {
        await using var world = new SettingsWorld("concurrency: {server: 8}");
        await world.LookAsync();

        var value = world.Configuration.State.Value("concurrency.server");
        (value.Value, value.Origin).ShouldBe(("8", ValueOrigin.File));
        world.Configuration.State.Value("concurrency.cluster").Origin.ShouldBe(ValueOrigin.Default);

        await world.SetAsync("concurrency.server", "2", "grace");
        value = world.Configuration.State.Value("concurrency.server");
        (value.Value, value.Base, value.Origin).ShouldBe(("2", "8", ValueOrigin.Override));
        value.Override!.UpdatedBy.ShouldBe("grace");
        world.Board.Current.Concurrency.Server.ShouldBe(2);

        (await world.SetAsync("concurrency.server", null)).Result.ShouldBe(ChangeResult.Done);
        world.Board.Current.Concurrency.Server.ShouldBe(8);
    }

    [Theory]
    [InlineData("concurrency.server", "0")]
    [InlineData("concurrency.server", "\"many\"")]
    [InlineData("concurrency.server", "1.5")]
    [InlineData("concurrency.server", "[4]")]
    [InlineData("concurrency.server", "{\"a\":4}")]
    [InlineData("recovery.enabled", "2")]
    [InlineData("recovery.retry_after", "\"${PATH}\"")]
    [InlineData("intervals.sellers", "0")]
    [InlineData("intervals.a/b", "5")]
    [InlineData("health.proof_age", "\"1s\"")]
    public async Task A_value_that_is_wrong_is_refused_and_changes_nothing(string key, string json)
    {
        await using var world = new SettingsWorld();
        await world.LookAsync();

        var outcome = await world.SetAsync(key, json);

        outcome.Result.ShouldBe(ChangeResult.Invalid);
        outcome.Findings.ShouldHaveSingleItem().Path.ShouldBe(key);
        outcome.Findings[0].File.ShouldBeNull();
        (await world.HistoryAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nothing", nameof(ChangeResult.NotFound))]
    [InlineData("recovery", nameof(ChangeResult.NotFound))]
    [InlineData("intervals.", nameof(ChangeResult.NotFound))]
    [InlineData("server.urls", nameof(ChangeResult.StartOnly))]
    [InlineData("control_database", nameof(ChangeResult.StartOnly))]
    public async Task A_key_that_cannot_be_overridden_is_refused(string key, string result)
    {
        await using var world = new SettingsWorld();

        (await world.SetAsync(key, "1")).Result.ToString().ShouldBe(result);
    }

    [Fact]
    public async Task A_change_meant_for_another_value_is_a_conflict()
    {
        await using var world = new SettingsWorld();
        await world.LookAsync();

        (await world.SetAsync("concurrency.server", "5", expected: "3")).Result.ShouldBe(ChangeResult.Conflict);
        (await world.SetAsync("concurrency.server", "5", expected: "4")).Result.ShouldBe(ChangeResult.Done);
        (await world.SetAsync("concurrency.server", "5", expected: "5")).Result.ShouldBe(ChangeResult.Unchanged);
        (await world.SetAsync("intervals.sellers", "5", expected: "null")).Result.ShouldBe(ChangeResult.Done);
    }

    [Fact]
    public async Task A_broken_file_leaves_the_last_good_one_in_force_and_says_why()
    {
        await using var world = new SettingsWorld("concurrency: {server: 8}");
        await world.LookAsync();

        world.Write("concurrency: {server: 800000}");
        await world.LookAsync();
        world.Board.Current.Concurrency.Server.ShouldBe(8);
        world.Configuration.Findings.ShouldHaveSingleItem().Line.ShouldBe(1);

        await world.SetAsync("recovery.enabled", "false");
        world.Board.Current.Concurrency.Server.ShouldBe(8);

        world.Write("concurrency: {server: 9}");
        await world.LookAsync();
        world.Board.Current.Concurrency.Server.ShouldBe(9);
        world.Board.Current.Recovery.Enabled.ShouldBeFalse();
        world.Configuration.Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_vanishes_leaves_the_defaults()
    {
        await using var world = new SettingsWorld("concurrency: {server: 8}");
        await world.LookAsync();

        File.Delete(world.File);
        await world.LookAsync();

        world.Board.Current.Concurrency.Server.ShouldBe(4);
    }

    [Fact]
    public async Task Another_server_sees_a_change_with_its_next_look()
    {
        await using var world = new SettingsWorld();
        await world.LookAsync();
        var (_, board, watch) = world.Server();
        await world.LookAsync(watch);

        await world.SetAsync("recovery.enabled", "false");
        board.Current.Recovery.Enabled.ShouldBeTrue();
        await world.LookAsync(watch);

        board.Current.Recovery.Enabled.ShouldBeFalse();
    }

    [Fact]
    public async Task A_change_of_the_file_is_told_once_however_many_servers_see_it()
    {
        await using var world = new SettingsWorld("concurrency: {server: 8}");
        await world.LookAsync();
        var (_, _, watch) = world.Server();
        await world.LookAsync(watch);

        world.Write("{concurrency: {server: 9}, recovery: {enabled: false}}");
        await world.LookAsync();
        await world.LookAsync(watch);
        await world.LookAsync(world.Server().Watch);

        (await world.HistoryAsync())
            .Select(h => (h.Key, h.OldValue, h.NewValue, h.ChangedBy, h.Source))
            .ShouldBe([
                ("recovery.enabled", "true", "false", "file", ConfigSource.File),
                ("concurrency.server", "8", "9", "file", ConfigSource.File),
                ("concurrency.server", "4", "8", "file", ConfigSource.File),
            ]);
    }

    [Fact]
    public async Task A_value_in_the_control_database_that_this_version_cannot_use_is_ignored_and_told()
    {
        await using var world = new SettingsWorld("concurrency: {server: 8}");
        foreach (var (key, value) in new[] { ("concurrency.server", "0"), ("future.key", "1") })
        {
            await world.Home.Config.ChangeAsync(new ConfigChange(key, null, value, "newer"), CancellationToken.None);
        }
        await world.Home.Config.ChangeAsync(
            new ConfigChange("recovery.enabled", null, "false", "ada"),
            CancellationToken.None
        );

        await world.LookAsync();

        world.Board.Current.Concurrency.Server.ShouldBe(8);
        world.Board.Current.Recovery.Enabled.ShouldBeFalse();
        world.Configuration.Findings.ShouldHaveSingleItem().Path.ShouldBe("concurrency.server");
    }

    [Fact]
    public async Task Environment_references_of_a_file_are_replaced_and_those_of_an_override_are_not()
    {
        await using var world = new SettingsWorld("concurrency: {server: \"${RUNS}\"}", ("RUNS", "7"));

        world.Board.Current.Concurrency.Server.ShouldBe(7);
        (await world.SetAsync("concurrency.server", "\"${RUNS}\"")).Result.ShouldBe(ChangeResult.Invalid);
    }
}
