using Microsoft.Extensions.Logging.Abstractions;
using TrueUp.Audit;
using TrueUp.Runs;

namespace TrueUp.Bench.Verifier;

/// <summary>
/// Tests the verifier on one pair: after a proven run, each kind of damage is done in random places; verify has to
/// find it and name its keys, a run has to repair it, and verify must then find nothing.
/// </summary>
internal sealed class VerifierTrial(VerifierPair pair, int seed)
{
    private static readonly RunOptions Options = new();

    private readonly SyncEngine _engine = new(
        VerifierPair.Connectors,
        new SilentAudit("verifier"),
        TimeProvider.System,
        NullLogger.Instance
    );

    private readonly Random _random = new(seed);
    private readonly List<KindResult> _results = [];

    /// <summary>What became of each kind.</summary>
    public IReadOnlyList<KindResult> Results => _results;

    /// <summary>How often sides that were equal were verified.</summary>
    public int Clean { get; private set; }

    /// <summary>How often equal sides were said to differ.</summary>
    public int FalseAlarms { get; private set; }

    public async Task RunAsync(int rounds, CancellationToken cancellationToken)
    {
        await SyncAsync(cancellationToken);
        await using var table = await pair.OpenTargetAsync(cancellationToken);
        foreach (var kind in Corruptions.All)
        {
            var result = new KindResult(pair.Name, kind.Name, 0, 0, 0, 0);
            for (var round = 0; round < rounds; round++)
            {
                if (await kind.ApplyAsync(table, _random, cancellationToken) is not { } wrong)
                {
                    break;
                }
                result = await JudgeAsync(result, table, wrong, cancellationToken);
            }
            _results.Add(result);
        }
    }

    private async Task<KindResult> JudgeAsync(
        KindResult result,
        TargetTable table,
        IReadOnlyList<long> wrong,
        CancellationToken cancellationToken
    )
    {
        var found = await _engine.VerifyAsync(pair.Pipeline, Options, cancellationToken);
        ThrowOn(found);
        var detected = found.Verification.Verdict == Verdict.Failed;
        if (!detected)
        {
            // What was not found is not repaired either: the next kind needs an intact target all the same.
            await table.ClearAsync(cancellationToken);
            await SyncAsync(cancellationToken);
            return result with { Seeded = result.Seeded + 1 };
        }
        var repair = await _engine.RunAsync(pair.Pipeline, Options, cancellationToken);
        ThrowOn(repair);
        await CheckCleanAsync(cancellationToken);
        return result with
        {
            Seeded = result.Seeded + 1,
            Detected = result.Detected + 1,
            Located = result.Located + (Names(found.Verification.Differences, wrong) ? 1 : 0),
            Repaired = result.Repaired + (repair is { IsProven: true, Verification.Verdict: Verdict.Repaired } ? 1 : 0),
        };
    }

    private async Task SyncAsync(CancellationToken cancellationToken)
    {
        var run = await _engine.RunAsync(pair.Pipeline, Options, cancellationToken);
        ThrowOn(run);
        if (!run.IsProven)
        {
            throw new InvalidOperationException(
                $"{pair.Name}: the run before any damage is {run.Verification.Verdict}: {string.Join("; ", run.Verification.IntegrityIssues.Shown.Take(5))}"
            );
        }
        await CheckCleanAsync(cancellationToken);
    }

    private async Task CheckCleanAsync(CancellationToken cancellationToken)
    {
        var outcome = await _engine.VerifyAsync(pair.Pipeline, Options, cancellationToken);
        ThrowOn(outcome);
        Clean++;
        FalseAlarms += outcome.IsProven ? 0 : 1;
    }

    // Lists of differences are capped; what they show must be wrong, and their number right.
    private static bool Names(DifferenceList differences, IReadOnlyList<long> wrong)
    {
        var expected = wrong.Select(k => k.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
        return differences.Total == expected.Count
            && differences
                .Gaps.Shown.Concat(differences.Drift.Shown.Select(d => d.Key))
                .Concat(differences.Extra.Shown)
                .All(expected.Contains);
    }

    private void ThrowOn(RunOutcome outcome)
    {
        if (outcome.Error is { } error)
        {
            throw new InvalidOperationException($"{pair.Name}: {error.Code}: {error.Message}");
        }
    }
}
