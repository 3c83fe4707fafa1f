using TrueUp.Store.Settings;

namespace TrueUp.Store.Tests.Database;

public abstract partial class ControlDatabaseConformance
{
    [Fact]
    public async Task A_value_of_the_configuration_is_set_changed_and_removed_with_its_history()
    {
        (await ChangeAsync("recovery.enabled", null, "true")).ShouldBeTrue();
        Clock.Advance(TimeSpan.FromMinutes(1));
        (await ChangeAsync("recovery.enabled", "true", "false", "grace", "too many retries")).ShouldBeTrue();

        var entry = (await Home.Config.GetAllAsync(CancellationToken.None)).Entries["recovery.enabled"];
        entry.ShouldBe(new ConfigEntry("recovery.enabled", "false", Clock.Now, "grace"));

        (await ChangeAsync("recovery.enabled", "false", null)).ShouldBeTrue();
        (await Home.Config.GetAllAsync(CancellationToken.None)).Entries.ShouldBeEmpty();
        var history = await HistoryAsync(new ConfigHistoryQuery());
        history
            .Select(h => (h.OldValue, h.NewValue, h.ChangedBy, h.Note))
            .ShouldBe([
                ("false", null, "ada", null),
                ("true", "false", "grace", "too many retries"),
                (null, "true", "ada", null),
            ]);
        (await Home.Config.FindAsync(history[1].Id, CancellationToken.None)).ShouldBe(history[1]);
        (await Home.Config.FindAsync(history[0].Id + 1, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_change_of_a_value_that_is_another_by_now_changes_nothing()
    {
        await ChangeAsync("concurrency.server", null, "4");

        (await ChangeAsync("concurrency.server", null, "5")).ShouldBeFalse();
        (await ChangeAsync("concurrency.server", "3", "5")).ShouldBeFalse();
        (await ChangeAsync("concurrency.server", "3", null)).ShouldBeFalse();
        (await ChangeAsync("concurrency.server", null, null)).ShouldBeFalse();
        (await ChangeAsync("concurrency.cluster", "3", "5")).ShouldBeFalse();
        (await ChangeAsync("concurrency.cluster", null, null)).ShouldBeTrue();

        (await Home.Config.GetAllAsync(CancellationToken.None)).Value("concurrency.server").ShouldBe("4");
        (await HistoryAsync(new ConfigHistoryQuery { Key = "concurrency.server" })).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Of_many_that_change_a_value_at_the_same_time_one_does()
    {
        await using var other = OpenHome();

        var done = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                    (i % 2 == 0 ? Home : other)
                        .Config.ChangeAsync(Change("logs.level", null, $"{i}"), CancellationToken.None)
                        .AsTask()
                )
        );

        done.Count(d => d).ShouldBe(1);
        (await HistoryAsync(new ConfigHistoryQuery())).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Another_server_sees_that_the_configuration_changed()
    {
        await using var other = OpenHome();
        var before = await other.Config.VersionAsync(CancellationToken.None);

        await ChangeAsync("recovery.enabled", null, "false");

        (await other.Config.VersionAsync(CancellationToken.None)).ShouldBeGreaterThan(before);
        (await other.Config.GetAllAsync(CancellationToken.None)).Value("recovery.enabled").ShouldBe("false");
    }

    [Fact]
    public async Task One_change_can_leave_several_lines_in_the_history_or_none()
    {
        ConfigTrail[] trail =
        [
            new("concurrency.server", "4", "8", ConfigSource.File, null),
            new("recovery.enabled", "true", "false", ConfigSource.File, null),
        ];
        await Home.Config.ChangeAsync(
            new ConfigChange("trueup.yaml", null, "{}", "file") { Trail = trail },
            CancellationToken.None
        );
        await Home.Config.ChangeAsync(new ConfigChange("trueup.yaml", "{}", "{ }", "file"), CancellationToken.None);

        (await HistoryAsync(new ConfigHistoryQuery()))
            .Select(h => (h.Key, h.Source))
            .ShouldBe([("recovery.enabled", ConfigSource.File), ("concurrency.server", ConfigSource.File)]);
    }

    [Fact]
    public async Task The_history_is_read_in_pages_and_by_key_and_person_and_time()
    {
        for (var i = 0; i < 7; i++)
        {
            await ChangeAsync($"key.{i % 2}", i < 2 ? null : $"{i - 2}", $"{i}", i < 4 ? "ada" : "grace");
            Clock.Advance(TimeSpan.FromHours(1));
        }

        var first = await Home.Config.HistoryAsync(new ConfigHistoryQuery { Limit = 3 }, CancellationToken.None);
        var second = await Home.Config.HistoryAsync(
            new ConfigHistoryQuery { Limit = 4, After = first.Next },
            CancellationToken.None
        );

        first.Items.Concat(second.Items).Select(h => h.NewValue).ShouldBe(["6", "5", "4", "3", "2", "1", "0"]);
        second.Next.ShouldBeNull();
        (await HistoryAsync(new ConfigHistoryQuery { Key = "key.1" }))
            .Select(h => h.NewValue)
            .ShouldBe(["5", "3", "1"]);
        (await HistoryAsync(new ConfigHistoryQuery { By = "grace" })).Select(h => h.NewValue).ShouldBe(["6", "5", "4"]);
        var from = Clock.Now.AddHours(-3);
        (await HistoryAsync(new ConfigHistoryQuery { From = from, To = from.AddHours(2) }))
            .Select(h => h.NewValue)
            .ShouldBe(["5", "4"]);
        await Should.ThrowAsync<ArgumentException>(() => HistoryAsync(new ConfigHistoryQuery { After = "x" }));
    }

    [Fact]
    public async Task A_note_on_a_change_is_cleaned_of_secrets()
    {
        await ChangeAsync("logs.level", null, "\"debug\"", note: "see password=hunter2");

        (await HistoryAsync(new ConfigHistoryQuery())).ShouldHaveSingleItem().Note!.ShouldNotContain("hunter2");
    }

    private Task<bool> ChangeAsync(
        string key,
        string? expected,
        string? value,
        string by = "ada",
        string? note = null
    ) => Home.Config.ChangeAsync(Change(key, expected, value, by, note), CancellationToken.None).AsTask();

    private async Task<IReadOnlyList<ConfigHistoryEntry>> HistoryAsync(ConfigHistoryQuery query) =>
        (await Home.Config.HistoryAsync(query, CancellationToken.None)).Items;

    private static ConfigChange Change(
        string key,
        string? expected,
        string? value,
        string by = "ada",
        string? note = null
    ) => new(key, expected, value, by) { Trail = [new ConfigTrail(key, expected, value, ConfigSource.Api, note)] };
}
