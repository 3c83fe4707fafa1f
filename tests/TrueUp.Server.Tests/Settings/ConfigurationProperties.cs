using FsCheck;
using FsCheck.Fluent;
using TrueUp.Server.Settings;
using TrueUp.Server.Tests.Testing;
using TrueUp.Store.Settings;

namespace TrueUp.Server.Tests.Settings;

/// <summary>Settings changed in any order, by hand and by request, against a plain model.</summary>
public sealed class ConfigurationProperties
{
    private static readonly (string Key, string? Default, string[] Values)[] Keys =
    [
        ("recovery.enabled", "true", ["true", "false"]),
        ("concurrency.server", "4", ["1", "4", "17"]),
        ("intervals.sellers", null, ["1", "15", "525600"]),
        ("intervals.a.b", null, ["2"]),
        ("alerting.consecutive_failures", "3", ["1", "3", "9"]),
        ("alerting.gap_threshold", "5", ["0", "5", "100"]),
    ];

    private static readonly Gen<Step> Steps =
        from kind in Gen.Elements(StepKind.File, StepKind.Set, StepKind.Set, StepKind.Remove, StepKind.Revert)
        from key in Gen.Choose(0, Keys.Length - 1)
        from value in Gen.Choose(0, 3)
        from who in Gen.Elements("ada", "grace")
        select new Step(kind, key, value, who);

    [Fact]
    public void P42_an_interval_that_is_set_while_the_server_runs_is_in_minutes_from_one_on() =>
        Cases.Check(
            Gen.ListOf(Gen.OneOf(Gen.Choose(-3, 3), Gen.Choose(-100_000, 1_000_000))),
            async minutes =>
            {
                await using var world = new SettingsWorld();
                TimeSpan? expected = null;
                foreach (var number in minutes.Take(5))
                {
                    var outcome = await world.SetAsync("intervals.sellers", $"{number}");

                    if (number is >= 1 and <= 525_600)
                    {
                        expected = TimeSpan.FromMinutes(number);
                    }
                    (outcome.Result != ChangeResult.Invalid).ShouldBe(number is >= 1 and <= 525_600);
                    world.Board.Current.Intervals.GetValueOrDefault("sellers").ShouldBe(expected ?? TimeSpan.Zero);
                }
            }
        );

    [Fact]
    public void P45_recovery_is_on_or_off_as_the_last_change_says() =>
        Cases.Check(
            Gen.ListOf(
                from enabled in Gen.Elements(true, false)
                from inFile in Gen.Elements(true, false)
                select (enabled, inFile)
            ),
            async changes =>
            {
                await using var world = new SettingsWorld();
                await world.LookAsync();
                bool? file = null;
                bool? stored = null;
                foreach (var (enabled, inFile) in changes.Take(6))
                {
                    if (inFile)
                    {
                        world.Write($"recovery: {{enabled: {(enabled ? "true" : "false")}}} #{Guid.NewGuid()}");
                        file = enabled;
                        await world.LookAsync();
                    }
                    else
                    {
                        await world.SetAsync("recovery.enabled", enabled ? "true" : "false");
                        stored = enabled;
                    }
                    world.Board.Current.Recovery.Enabled.ShouldBe(stored ?? file ?? true);
                }
            }
        );

    [Fact]
    public void P46_a_change_is_in_force_at_once_told_with_who_made_it_and_can_be_taken_back() =>
        Cases.Check(
            Gen.ListOf(Steps),
            async steps =>
            {
                await using var world = new SettingsWorld();
                await world.LookAsync();
                var model = new Model();
                foreach (var step in steps.Take(10))
                {
                    await TakeAsync(world, model, step);

                    foreach (var (key, fallback, _) in Keys)
                    {
                        world.Value(key).ShouldBe(model.Effective(key, fallback), $"{key} after {step}");
                    }
                    ShouldShow(world.Board.Current, model);
                    (await world.HistoryAsync())
                        .Reverse()
                        .Select(h => (h.Key, h.OldValue, h.NewValue, h.ChangedBy, h.Source))
                        .ShouldBe(model.History);
                }
                // A server that starts now sees the same.
                var (later, _, watch) = world.Server();
                await world.LookAsync(watch);
                foreach (var (key, fallback, _) in Keys)
                {
                    later.State.Value(key).Value.ShouldBe(model.Effective(key, fallback));
                }
            }
        );

    private static async Task TakeAsync(SettingsWorld world, Model model, Step step)
    {
        var (key, fallback, values) = Keys[step.Key];
        var before = model.Effective(key, fallback);
        switch (step.Kind)
        {
            case StepKind.File:
                model.SetFile(key, fallback, step.Value < values.Length ? values[step.Value] : null);
                world.Write(model.Yaml());
                await world.LookAsync();
                break;
            case StepKind.Set:
                var value = values[step.Value % values.Length];
                (await world.SetAsync(key, value, step.Who)).Value!.Value.ShouldBe(value);
                model.Set(key, fallback, value, step.Who, ConfigSource.Api);
                break;
            case StepKind.Remove:
                await world.SetAsync(key, null, step.Who);
                model.Set(key, fallback, null, step.Who, ConfigSource.Api);
                break;
            case StepKind.Revert when model.History.Count > 0:
                var history = (await world.HistoryAsync()).Reverse().ToList();
                var entry = history[(step.Key * 4 + step.Value) % history.Count];
                await world.Configuration.RevertAsync(entry.Id, new ChangeOrder(step.Who), CancellationToken.None);
                world.Value(entry.Key).ShouldBe(entry.OldValue, "A change that is taken back leaves what was before.");
                var otherwise = Keys.Single(k => k.Key == entry.Key).Default;
                model.Set(
                    entry.Key,
                    otherwise,
                    entry.OldValue == model.Base(entry.Key, otherwise) ? null : entry.OldValue ?? "\"off\"",
                    step.Who,
                    ConfigSource.Revert
                );
                break;
        }
        (world.Value(key) == before || model.History.Count > 0).ShouldBeTrue();
    }

    private static void ShouldShow(ServerSettings board, Model model)
    {
        board.Recovery.Enabled.ShouldBe(model.Effective("recovery.enabled", "true") == "true");
        $"{board.Concurrency.Server}".ShouldBe(model.Effective("concurrency.server", "4"));
        (board.Intervals.TryGetValue("sellers", out var interval) ? $"{interval.TotalMinutes}" : null).ShouldBe(
            model.Effective("intervals.sellers", null)
        );
    }

    private enum StepKind
    {
        File,
        Set,
        Remove,
        Revert,
    }

    private sealed record Step(StepKind Kind, int Key, int Value, string Who);

    private sealed class Model
    {
        private readonly SortedDictionary<string, string> _file = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _stored = [];
        private int _version;

        public List<(string, string?, string?, string, ConfigSource)> History { get; } = [];

        public string? Base(string key, string? fallback) => _file.GetValueOrDefault(key) ?? fallback;

        public string? Effective(string key, string? fallback) =>
            _stored.GetValueOrDefault(key) switch
            {
                null => Base(key, fallback),
                "\"off\"" => null,
                var value => value,
            };

        public void SetFile(string key, string? fallback, string? value)
        {
            var before = Effective(key, fallback);
            if (value is null)
            {
                _file.Remove(key);
            }
            else
            {
                _file[key] = value;
            }
            Tell(key, before, Effective(key, fallback), "file", ConfigSource.File);
        }

        public void Set(string key, string? fallback, string? value, string who, ConfigSource source)
        {
            if (_stored.GetValueOrDefault(key) == value)
            {
                return;
            }
            var before = Effective(key, fallback);
            if (value is null)
            {
                _stored.Remove(key);
            }
            else
            {
                _stored[key] = value;
            }
            History.Add((key, before, Effective(key, fallback), who, source));
        }

        /// <summary>The file; never the same twice, so that its time and length tell it apart.</summary>
        public string Yaml() =>
            $"# {new string('x', ++_version)}\n"
            + string.Concat(
                _file
                    .Select(entry => (Path: entry.Key.Split('.', 2), entry.Value))
                    .GroupBy(entry => entry.Path[0])
                    .Select(section =>
                        $"{section.Key}:\n{string.Concat(section.Select(entry => $"  {entry.Path[1]}: {entry.Value}\n"))}"
                    )
            );

        private void Tell(string key, string? before, string? after, string who, ConfigSource source)
        {
            if (before != after)
            {
                History.Add((key, before, after, who, source));
            }
        }
    }
}
