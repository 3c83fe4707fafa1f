using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>The units a run is about.</summary>
/// <param name="Units">They, in the source's order.</param>
/// <param name="OnlyUnits">Their names when they are not all there are; empty otherwise.</param>
internal sealed record UnitChoice(IReadOnlyList<SideUnit> Units, IReadOnlyList<string> OnlyUnits)
{
    private const int ListedMax = 20;

    /// <summary>Chooses.</summary>
    /// <param name="all">What the source has.</param>
    /// <param name="wanted">Names; empty for all.</param>
    /// <exception cref="RunException"><c>unit_unknown</c>: a name is none of these.</exception>
    public static UnitChoice Of(IReadOnlyList<SideUnit> all, IReadOnlyList<string> wanted)
    {
        if (wanted.Count == 0)
        {
            return new UnitChoice(all, []);
        }
        var names = all.Select(u => u.Name).ToHashSet(StringComparer.Ordinal);
        var unknown = wanted.Where(w => !names.Contains(w)).Distinct(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            throw Unknown(unknown, all);
        }
        var chosen = wanted.ToHashSet(StringComparer.Ordinal);
        List<SideUnit> units = [.. all.Where(u => chosen.Contains(u.Name))];
        return new UnitChoice(units, units.Count == all.Count ? [] : [.. units.Select(u => u.Name)]);
    }

    private static RunException Unknown(List<string> unknown, IReadOnlyList<SideUnit> all)
    {
        var suggestion = all switch
        {
            [] or [{ Name.Length: 0 }] => "The pipeline has no units: run it as a whole.",
            _ => $"Name one of: {Listed([.. all.Select(u => u.Name)])}.",
        };
        return new RunException(
            "unit_unknown",
            $"The source has no unit {Listed([.. unknown.Select(u => $"'{u}'")])}.",
            suggestion,
            ErrorCause.Configuration,
            [
                .. unknown
                    .Take(ListedMax)
                    .Select(u => new Finding("unit_unknown", $"There is no unit '{u}'.", suggestion)),
            ]
        );
    }

    private static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(ListedMax))
        + (names.Count > ListedMax ? $" and {names.Count - ListedMax} others" : "");
}
