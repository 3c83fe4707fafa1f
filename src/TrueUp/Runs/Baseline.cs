using System.Globalization;
using TrueUp.Pipelines;

namespace TrueUp.Runs;

/// <summary>
/// Whether a run was slower than its pipeline's runs usually are (P27): each phase beside the median of the last
/// <see cref="RunsMax"/> completed runs, once there are <see cref="RunsMin"/>. A phase counts as slower when it took
/// more than <see cref="Factor"/> times as long and <see cref="Floor"/> longer: half as long again is what a person
/// notices, and below the floor it is the machine's noise.
/// </summary>
public static class Baseline
{
    /// <summary>Runs from which on there is a baseline.</summary>
    public const int RunsMin = 5;

    /// <summary>Runs that make the baseline, the newest ones.</summary>
    public const int RunsMax = 20;

    /// <summary>A slower phase took more than so many times the median.</summary>
    public const double Factor = 1.5;

    /// <summary>A slower phase took more than so much longer than the median.</summary>
    public static readonly TimeSpan Floor = TimeSpan.FromMilliseconds(100);

    /// <summary>The median of each phase, or null where there are too few runs.</summary>
    /// <param name="history">Times of completed runs, newest first; those beyond <see cref="RunsMax"/> do not
    /// count.</param>
    public static PhaseTimes? Of(IReadOnlyList<PhaseTimes> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var runs = history.Take(RunsMax).ToList();
        return runs.Count < RunsMin
            ? null
            : new PhaseTimes(
                Median(runs, r => r.Fetch),
                Median(runs, r => r.Compare),
                Median(runs, r => r.Update),
                Median(runs, r => r.Verify),
                Median(runs, r => r.Total)
            );
    }

    /// <summary>
    /// The phases that were slower, in their order; the total only when no single phase explains it.
    /// </summary>
    /// <param name="usual">What they take usually.</param>
    /// <param name="times">What they took.</param>
    public static IReadOnlyList<SlowPhase> Slower(PhaseTimes usual, PhaseTimes times)
    {
        ArgumentNullException.ThrowIfNull(usual);
        ArgumentNullException.ThrowIfNull(times);
        List<SlowPhase> slower =
        [
            .. new SlowPhase[]
            {
                new("fetch", times.Fetch, usual.Fetch),
                new("compare", times.Compare, usual.Compare),
                new("update", times.Update, usual.Update),
                new("verify", times.Verify, usual.Verify),
            }.Where(IsSlower),
        ];
        var total = new SlowPhase("total", times.Total, usual.Total);
        return slower.Count == 0 && IsSlower(total) ? [total] : slower;
    }

    /// <summary>A warning that names the slower phases with both times, or null when there are none.</summary>
    /// <param name="history">As in <see cref="Of"/>.</param>
    /// <param name="times">What the phases of the new run took.</param>
    public static Finding? Warning(IReadOnlyList<PhaseTimes> history, PhaseTimes times)
    {
        if (Of(history) is not { } usual || Slower(usual, times) is not { Count: > 0 } slower)
        {
            return null;
        }
        var phases = slower.Select(s => $"{s.Phase} took {Text(s.Took)}, usually {Text(s.Usual)}");
        return new Finding(
            "slower_than_baseline",
            $"Slower than usual: {string.Join("; ", phases)} (median of the last {Math.Min(history.Count, RunsMax)} runs).",
            "See whether there was more to do, or what else the machines and the network were busy with."
        )
        {
            IsError = false,
        };
    }

    private static bool IsSlower(SlowPhase phase) =>
        phase.Took > phase.Usual * Factor && phase.Took - phase.Usual > Floor;

    private static TimeSpan Median(List<PhaseTimes> runs, Func<PhaseTimes, TimeSpan> phase)
    {
        var times = runs.Select(phase).Order().ToList();
        var middle = times.Count / 2;
        return times.Count % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
    }

    private static string Text(TimeSpan time) =>
        time.TotalSeconds < 1
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
            : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
