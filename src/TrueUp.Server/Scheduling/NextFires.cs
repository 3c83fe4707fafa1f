using Quartz;
using TrueUp.Server.Pipelines;
using TrueUp.Server.Settings;

namespace TrueUp.Server.Scheduling;

/// <summary>Reads from Quartz's triggers when pipelines are due.</summary>
internal sealed class NextFires(PipelineCatalog catalog, SettingsBoard settings, ISchedulerFactory factory) : INextFires
{
    /// <inheritdoc />
    public string? Describe(string pipeline) =>
        catalog.Find(pipeline) is { } definition
            ? ScheduleSpec.Of(definition, settings.Current.Intervals)?.Describe()
            : null;

    /// <inheritdoc />
    public async ValueTask<IReadOnlyDictionary<string, IReadOnlyList<DateTimeOffset>>> NextAsync(
        IReadOnlyCollection<string> pipelines,
        int count,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var scheduler = await factory.GetScheduler(cancellationToken);
        var triggers = await scheduler.GetTriggers([.. pipelines.Select(ScheduleSpec.KeyOf)], cancellationToken);
        return triggers.ToDictionary(trigger => trigger.Key.Name, trigger => Times(trigger, count));
    }

    /// <inheritdoc />
    public async ValueTask<DateTimeOffset?> EarliestAsync(
        IReadOnlySet<string> pipelines,
        CancellationToken cancellationToken
    )
    {
        var scheduler = await factory.GetScheduler(cancellationToken);
        // Headers only: to make a trigger of each row takes several times as long.
        var query = new TriggerQuery
        {
            Group = GroupMatcher<TriggerKey>.GroupEquals(ScheduleSpec.Group),
            Take = PagedQuery.All,
        };
        var triggers = await scheduler.QueryTriggers(query, cancellationToken);
        return triggers.Items.Where(trigger => pipelines.Contains(trigger.Key.Name)).Min(t => t.NextFireTimeUtc);
    }

    private static IReadOnlyList<DateTimeOffset> Times(ITrigger trigger, int count)
    {
        var times = new List<DateTimeOffset>(count);
        for (var next = trigger.NextFireTimeUtc; next is { } time && times.Count < count; )
        {
            times.Add(time);
            next = trigger.GetFireTimeAfter(time);
        }
        return times;
    }
}
