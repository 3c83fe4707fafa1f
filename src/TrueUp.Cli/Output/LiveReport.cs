using System.Globalization;
using TrueUp.Proofs.Receipts;

namespace TrueUp.Cli.Output;

/// <summary>A receipt's claim then and now, for people.</summary>
internal static class LiveReport
{
    /// <summary>Writes both sides of each unit.</summary>
    public static void Write(LiveCheck live, Screen screen)
    {
        if (live.PipelineChanged)
        {
            screen.Line(
                "  warning: the pipeline file has changed since; both sides were compared by what it says now",
                Tone.Warning
            );
        }
        foreach (var unit in live.Units)
        {
            var name = unit.Unit.Length == 0 ? "" : $"{unit.Unit}: ";
            screen.Line($"{name}then {unit.VerdictThen ?? "unknown"}, now {unit.Verdict ?? "gone"}");
            screen.Line($"  source: {Side(unit.Source)}");
            screen.Line($"  target: {Side(unit.Target)}");
            if (unit.Gaps + unit.Drift + unit.Extra > 0)
            {
                screen.Line(
                    $"  {Number(unit.Gaps)} missing, {Number(unit.Drift)} different, {Number(unit.Extra)} extra",
                    Tone.Warning
                );
            }
        }
    }

    private static string Side(LiveSide side)
    {
        var rows = $"{Number(side.Rows)} rows now, {Number(side.RowsThen)} then";
        return side.Moved switch
        {
            true => $"{rows}; its position has moved since",
            false => $"{rows}; at the same position",
            null => rows,
        };
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
