using System.Globalization;
using System.Text;

namespace TrueUp.Bench.Verifier;

/// <summary>The table of detection rates.</summary>
internal sealed class VerifierReport
{
    private readonly List<KindResult> _results = [];
    private readonly List<string> _pairs = [];
    private int _clean;
    private int _falseAlarms;

    public int Seeded => _results.Sum(r => r.Seeded);

    public int Detected => _results.Sum(r => r.Detected);

    /// <summary>What did not go as it must, one line each; empty when the verifier passed.</summary>
    public IReadOnlyList<string> Failures =>
        [
            .. _results
                .Where(r => r.Detected < r.Seeded || r.Located < r.Seeded || r.Repaired < r.Seeded)
                .Select(r =>
                    $"{r.Pair}, {r.Kind}: {r.Detected} of {r.Seeded} detected, {r.Located} located, {r.Repaired} repaired"
                ),
            .. _falseAlarms == 0 ? (string[])[] : [$"{_falseAlarms} false alarms"],
            .. Kinds
                .Where(k => _results.Where(r => r.Kind == k).All(r => r.Seeded == 0))
                .Select(k => $"{k}: never seeded"),
        ];

    private IEnumerable<string> Kinds => _results.Select(r => r.Kind).Distinct();

    public void Add(string pair, VerifierTrial trial)
    {
        _pairs.Add(pair);
        _results.AddRange(trial.Results);
        _clean += trial.Clean;
        _falseAlarms += trial.FalseAlarms;
    }

    public string Line() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Detected} of {Seeded} corruptions of {Kinds.Count()} kinds in {_pairs.Count} pairs detected ({100.0 * Detected / Math.Max(1, Seeded):0.##} %), "
                + $"{_results.Sum(r => r.Located)} located to the key, {_results.Sum(r => r.Repaired)} repaired; {_falseAlarms} false alarms in {_clean} verifications of equal sides"
        );

    public string Markdown(long rows, int rounds, int seed)
    {
        var text = new StringBuilder("## The verifier, tested\n\n").Append(
            CultureInfo.InvariantCulture,
            $"`./dev bench verifier --rows {rows} --rounds {rounds} --seed {seed}`: after a proven run the target is damaged in random places by plain SQL, then verified, repaired by a run and verified again. {Line()}. Cells are detected/seeded; n/a: the pair's types cannot express it.\n\n"
        );
        text.Append("| corruption | ").AppendJoin(" | ", _pairs).Append(" |\n|---|");
        text.Append(string.Concat(_pairs.Select(_ => "---|"))).Append('\n');
        foreach (var kind in Kinds)
        {
            var cells = _pairs.Select(p => Cell(_results.First(r => r.Pair == p && r.Kind == kind)));
            text.Append("| ").Append(kind).Append(" | ").AppendJoin(" | ", cells).Append(" |\n");
        }
        return text.ToString();
    }

    private static string Cell(KindResult result) =>
        result.Seeded == 0 ? "n/a"
        : result.Detected == result.Seeded ? $"{result.Detected}/{result.Seeded}"
        : $"**{result.Detected}/{result.Seeded}**";
}
