using TrueUp.Digests;

namespace TrueUp.Runs;

/// <summary>Puts the proofs of several units together.</summary>
internal static class Verifications
{
    /// <summary>The sum; its verdict is the worst, and its keys carry the unit's name in front.</summary>
    public static Verification Sum(IReadOnlyList<UnitOutcome> units, bool failed)
    {
        var differences = new DifferenceList();
        var repaired = new DifferenceList();
        var issues = new KeyList<IntegrityIssue>();
        foreach (var unit in units)
        {
            Add(differences, unit.Verification.Differences, unit.Unit);
            Add(repaired, unit.Verification.Repaired, unit.Unit);
            issues.AddAll(Named(unit.Verification.IntegrityIssues, i => i with { Key = Name(unit.Unit, i.Key) }));
        }
        return new Verification
        {
            Verdict = failed || units.Count == 0 ? Verdict.Failed : units.Max(u => u.Verification.Verdict),
            Differences = differences,
            Repaired = repaired,
            IntegrityIssues = issues,
            Unproven = units.Sum(u => u.Verification.Unproven),
            ResyncAttempted = units.Sum(u => u.Verification.ResyncAttempted),
            ResyncSucceeded = units.Sum(u => u.Verification.ResyncSucceeded),
            SourceDigest = units.Aggregate(default(SetDigest), (sum, unit) => sum + unit.Verification.SourceDigest),
            TargetDigest = units.Aggregate(default(SetDigest), (sum, unit) => sum + unit.Verification.TargetDigest),
        };
    }

    private static void Add(DifferenceList sum, DifferenceList part, string unit)
    {
        sum.Gaps.AddAll(Named(part.Gaps, key => Name(unit, key)));
        sum.Drift.AddAll(Named(part.Drift, drift => drift with { Key = Name(unit, drift.Key) }));
        sum.Extra.AddAll(Named(part.Extra, key => Name(unit, key)));
    }

    private static KeyList<T> Named<T>(KeyList<T> list, Func<T, T> name)
    {
        var named = new KeyList<T>();
        foreach (var entry in list.Shown)
        {
            named.Add(name(entry));
        }
        named.Count(list.Total - list.Shown.Count);
        return named;
    }

    private static string Name(string unit, string key) => $"{unit}: {key}";
}
