using System.Globalization;
using TrueUp.Cli.Results;
using TrueUp.Runs;
using TrueUp.Undo;

namespace TrueUp.Cli.Output;

/// <summary>What an undo means for the one who waits.</summary>
internal static class UndoReport
{
    private const int ShownMax = 20;

    /// <summary>The exit code: 0 when everything is as before the run.</summary>
    public static int ExitCode(UndoOutcome outcome) => RunVerdict.ExitCode(outcome.Run);

    /// <summary>One sentence.</summary>
    public static string Summary(UndoOutcome outcome)
    {
        if (outcome.Run is { Error: { } error, Status: not RunStatus.Cancelled })
        {
            return error.Message;
        }
        var counts = outcome.Counts;
        var restored = counts.RestoredUpdates + counts.RestoredDeletes;
        var proven = outcome.Run.Verification.SourceDigest.Count;
        var said = outcome.Run switch
        {
            { Status: RunStatus.Cancelled } => Text($"cancelled after {restored:N0} rows were put back"),
            { Verification.Verdict: Verdict.Failed } =>
                $"{Text($"{outcome.Run.Verification.Differences.Total:N0}")} rows are not as they were before the run",
            _ when restored == 0 && counts.AlreadyBack > 0 && counts.Conflicts == 0 => Text(
                $"all {counts.AlreadyBack:N0} rows were as before the run already; nothing was changed"
            ),
            _ => Text($"{restored:N0} rows put back, {proven:N0} proven to be as before the run"),
        };
        var left = counts.Conflicts + counts.NotKept;
        return $"{outcome.Run.Pipeline}: {said}{(left == 0 ? "" : Text($"; {left:N0} left alone"))}{Created(counts)}.";
    }

    /// <summary>What to do about an outcome that is no success; null for one that is.</summary>
    public static ErrorBody? Error(UndoOutcome outcome)
    {
        if (ExitCode(outcome) == ExitCodes.Success)
        {
            return null;
        }
        var summary = Summary(outcome);
        return outcome.Run switch
        {
            { Status: RunStatus.Cancelled } => new ErrorBody("cancelled", summary, "Undo it again: it goes on."),
            { Error: { } error } => RunVerdict.Body(error),
            { Verification.Verdict: Verdict.Failed } => new ErrorBody(
                "differs",
                summary,
                "Something else writes to the target; stop it, and undo again."
            ),
            _ when outcome.Counts.Conflicts > 0 => new ErrorBody(
                "conflicts",
                summary,
                "See the conflicts: these rows are no longer what the run left, so they stay. Correct them by hand where needed."
            ),
            _ => new ErrorBody(
                "images_not_kept",
                summary,
                "The run kept no image of these rows (they were too many, or could not be read); `trueup runs show` and the record log name what it changed."
            ),
        };
    }

    /// <summary>Writes the details.</summary>
    public static void Write(UndoResult result, Screen screen)
    {
        var counts = result.Counts;
        screen.Line(
            Text(
                $"{counts.RestoredUpdates:N0} updated rows put back, {counts.RestoredDeletes:N0} deleted rows put back, {counts.AlreadyBack:N0} as before already, {counts.Conflicts:N0} conflicts, {counts.NotKept:N0} without an image, {counts.CreatedLeft:N0} created rows left"
            )
        );
        foreach (var conflict in result.Conflicts.Take(ShownMax))
        {
            var unit = conflict.Unit.Length == 0 ? "" : $"{conflict.Unit}: ";
            screen.Line($"  left alone: {unit}{conflict.Key}: {conflict.Reason}", Tone.Warning);
        }
        if (result.ConflictsTotal > ShownMax)
        {
            screen.Line(
                Text($"  … {result.ConflictsTotal - ShownMax:N0} more conflicts; --json lists more"),
                Tone.Warning
            );
        }
        foreach (var warning in result.Warnings)
        {
            screen.Line($"  warning: {warning.Message} {warning.Suggestion}", Tone.Warning);
        }
        if (counts.RestoredUpdates + counts.RestoredDeletes > 0)
        {
            screen.Line(
                "The next run brings the source's values back: pause the pipeline or correct the source first.",
                Tone.Warning
            );
        }
        screen.Line($"run {result.RunId}", Tone.Faint);
        if (result.Receipt is { } receipt)
        {
            screen.Line($"receipt {receipt}", Tone.Faint);
        }
    }

    private static string Created(UndoCounts counts) =>
        counts.CreatedLeft == 0 ? "" : Text($"; {counts.CreatedLeft:N0} rows it created stay");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
