using System.Globalization;
using TrueUp.Cli.Results;

namespace TrueUp.Cli.Output;

/// <summary>A run's result for people.</summary>
internal static class RunReport
{
    private const int ShownMax = 20;

    /// <summary>Writes counts, differences, issues and times.</summary>
    public static void Write(RunResult result, Screen screen)
    {
        foreach (var unit in result.Units ?? [])
        {
            screen.Line(
                $"{unit.Unit}: {unit.Verification.Verdict}, {Counts(unit.Counts)}{(unit.Error is { } e ? $"; {e.Message}" : "")}",
                unit.Error is null ? Tone.Plain : Tone.Bad
            );
        }
        screen.Line(
            $"{Number(result.Counts.Source)} on the source, {Number(result.Counts.Target)} on the target; {(result.DryRun ? "would be " : "")}{Counts(result.Counts)}"
        );
        Differences(result, screen);
        foreach (var issue in result.Verification.IntegrityIssues.Take(ShownMax))
        {
            screen.Line(
                $"  {issue.Type} {issue.Key}{(issue.Field is null ? "" : $", {issue.Field}")}: {issue.Reason}",
                Tone.Warning
            );
        }
        More(result.Verification.IntegrityIssuesTotal, "issues", screen);
        if (result.SelfTest is { } test)
        {
            screen.Line(
                $"  self-test: {test.Detected} of {test.Kinds} kinds of damage found on a canary table",
                test.Passed ? Tone.Faint : Tone.Bad
            );
        }
        foreach (var warning in result.Warnings)
        {
            screen.Line($"  warning: {warning.Message} {warning.Suggestion}", Tone.Warning);
        }
        screen.Line(
            $"fetch {Time(result.Phases.FetchMs)}, compare {Time(result.Phases.CompareMs)}, update {Time(result.Phases.UpdateMs)}, "
                + $"verify {Time(result.Phases.VerifyMs)}, total {Time(result.Phases.TotalMs)}; run {result.RunId}",
            Tone.Faint
        );
        if (result.Receipt is { } receipt)
        {
            screen.Line($"receipt {receipt}", Tone.Faint);
        }
    }

    private static void Differences(RunResult result, Screen screen)
    {
        var verification = result.Verification;
        var word =
            result.DryRun ? "now"
            : verification.Verdict == "repaired" ? "repaired"
            : "found";
        foreach (var key in verification.Gaps.Take(ShownMax))
        {
            screen.Line($"  {word} missing on the target: {key}", Tone.Warning);
        }
        More(verification.GapsTotal, "missing", screen);
        foreach (var drift in verification.Drift.Take(ShownMax))
        {
            var columns = drift.Columns.Select(c => $"{c.Column} {Shorten(c.Source)} ≠ {Shorten(c.Target)}");
            screen.Line($"  {word} different: {drift.Key}: {string.Join(", ", columns)}", Tone.Warning);
        }
        More(verification.DriftTotal, "different", screen);
        foreach (var key in verification.Extra.Take(ShownMax))
        {
            screen.Line($"  {word} only on the target: {key}", Tone.Warning);
        }
        More(verification.ExtraTotal, "extra", screen);
    }

    private static void More(long total, string what, Screen screen)
    {
        if (total > ShownMax)
        {
            screen.Line($"  … {Number(total - ShownMax)} more {what}; --json lists more", Tone.Warning);
        }
    }

    private static string Counts(CountsBody counts)
    {
        (long Count, string Word)[] words =
        [
            (counts.Created, "created"),
            (counts.Updated, "updated"),
            (counts.Deleted, "deleted"),
            (counts.Skipped, "skipped"),
            (counts.Kept, "kept"),
            (counts.Failed, "refused"),
        ];
        var said = words.Where(w => w.Count > 0).Select(w => $"{Number(w.Count)} {w.Word}").ToList();
        return said.Count == 0 ? "unchanged" : string.Join(", ", said);
    }

    private static string Shorten(string? text) =>
        text switch
        {
            null => "null",
            { Length: > 40 } => $"'{text[..40]}…'",
            _ => $"'{text}'",
        };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Time(long ms) =>
        ms < 1000 ? $"{ms} ms" : $"{(ms / 1000.0).ToString("0.0", CultureInfo.InvariantCulture)} s";
}
