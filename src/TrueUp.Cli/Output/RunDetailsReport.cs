using System.Globalization;
using TrueUp.Cli.Commands;
using TrueUp.Cli.Results;
using TrueUp.Store.Queries;

namespace TrueUp.Cli.Output;

/// <summary>A run's audit for people.</summary>
internal static class RunDetailsReport
{
    /// <summary>Writes what the audit has.</summary>
    public static void Write(RunShowResult details, Screen screen)
    {
        var run = details.Run;
        screen.Line($"run        {run.RunId}");
        screen.Line($"pipeline   {run.Pipeline} ({details.PipelineFile})");
        screen.Line(
            $"started    {Listing.Time(run.StartedAt)} by {run.TriggeredBy ?? run.Trigger.ToString().ToLowerInvariant()}"
        );
        screen.Line($"ended      {(run.FinishedAt is { } end ? Listing.Time(end) : "not yet")}");
        if (run.UndoneRun is { } undone)
        {
            screen.Line($"undid      {undone}");
        }
        if (run.OnlyUnits is { } units)
        {
            screen.Line($"units      {string.Join(", ", units)}; others were left out");
        }
        screen.Line($"verdict    {run.Verdict?.ToString().ToLowerInvariant() ?? "none"}");
        if (run.Counts is { } c)
        {
            screen.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"records    {c.Source:N0} source, {c.Target:N0} target, {c.Created:N0} created, {c.Updated:N0} updated, {c.Deleted:N0} deleted, {c.Skipped:N0} skipped, {c.Kept:N0} kept, {c.Failed:N0} failed"
                )
            );
        }
        if (run.ErrorMessage is { } message)
        {
            screen.Line($"error      {message}", Tone.Bad);
        }
        if (details.Receipt is { } receipt)
        {
            screen.Line($"receipt    {receipt}");
        }
        if (details.Recoveries.Count > 0)
        {
            screen.Table(["recovered", "by", "try", "reason", "helped"], details.Recoveries.Select(Recovery));
        }
        if (details.Gaps.Count > 0)
        {
            screen.Table(["difference", "record", "columns"], details.Gaps.Select(Gap));
        }
    }

    private static IReadOnlyList<string> Recovery(RecoveryEntry entry) =>
        [
            Listing.Time(entry.OccurredAt),
            entry.Action,
            entry.Attempt.ToString(CultureInfo.InvariantCulture),
            entry.Reason,
            entry.Succeeded switch
            {
                null => "",
                true => "yes",
                false => "no",
            },
        ];

    private static IReadOnlyList<string> Gap(GapEntry entry) =>
        [
            entry.Kind,
            entry.Key ?? string.Create(CultureInfo.InvariantCulture, $"{entry.Others:N0} more"),
            string.Join(", ", entry.Columns),
        ];
}
