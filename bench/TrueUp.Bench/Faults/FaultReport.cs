using System.Globalization;

namespace TrueUp.Bench.Faults;

/// <summary>
/// What a fault program did: a line for each fault, how often which outcome came, and what must not have happened.
/// </summary>
internal sealed class FaultReport(TextWriter output)
{
    private readonly SortedDictionary<string, int> _tally = new(StringComparer.Ordinal);
    private readonly List<string> _violations = [];

    /// <summary>What must not have happened.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>How often outcomes came that contain a word.</summary>
    public int Total(string word) =>
        _tally.Where(t => t.Key.Contains(word, StringComparison.Ordinal)).Sum(t => t.Value);

    public void Say(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    public void Count(string outcome, int times = 1) => _tally[outcome] = _tally.GetValueOrDefault(outcome) + times;

    /// <summary>Notes a violation unless the condition holds.</summary>
    public void Check(bool holds, FormattableString violation)
    {
        if (holds)
        {
            return;
        }

        var text = violation.ToString(CultureInfo.InvariantCulture);
        _violations.Add(text);
        output.WriteLine($"VIOLATION: {text}");
    }

    /// <summary>The counts, and the verdict as the last line.</summary>
    public void Sum(string name, FaultSettings settings)
    {
        foreach (var (outcome, count) in _tally)
        {
            Say($"  {count, 7} × {outcome}");
        }

        Say($"{name}: {_violations.Count} violations ({settings.Arguments})");
    }
}
