using System.Globalization;
using TrueUp.Bench.Faults;
using TrueUp.Bench.Measuring;

namespace TrueUp.Bench.Verifier;

/// <summary>
/// <c>./dev bench verifier [--rows N] [--rounds N] [--seed N]</c>: tests the verifier on every pair and writes its
/// table. Exits with 1 unless everything was found, located and repaired, without a false alarm.
/// </summary>
internal static class VerifierCommand
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var (rows, rounds, seed) = (
            Number(args, "--rows", 2000),
            Number(args, "--rounds", 5),
            Number(args, "--seed", 1)
        );
        var report = await TestAsync(VerifierPair.All, rows, rounds, seed, Console.Error, cancellationToken);
        await Console.Error.WriteLineAsync(report.Line());
        foreach (var failure in report.Failures)
        {
            await Console.Error.WriteLineAsync($"FAILED {failure}");
        }
        ResultFiles.SaveSection("verifier", report.Markdown(rows, rounds, seed));
        ResultFiles.WriteTable();
        return report.Failures.Count == 0 ? 0 : 1;
    }

    /// <summary>Tests the verifier on some pairs.</summary>
    public static async Task<VerifierReport> TestAsync(
        IReadOnlyList<(string Source, string Target)> pairs,
        int rows,
        int rounds,
        int seed,
        TextWriter log,
        CancellationToken cancellationToken
    )
    {
        await using var world = new FaultWorld();
        var report = new VerifierReport();
        var sample = SampleTable.Rows(rows, seed);
        foreach (var types in pairs)
        {
            var postgres =
                types.Source == "postgres" || types.Target == "postgres"
                    ? await world.PostgresAsync(cancellationToken)
                    : null;
            var folder = world.Folder($"{types.Source}-{types.Target}");
            var pair = await VerifierPair.CreateAsync(types, folder, postgres, sample, cancellationToken);
            var trial = new VerifierTrial(pair, seed);
            await trial.RunAsync(rounds, cancellationToken);
            report.Add(pair.Name, trial);
            await log.WriteLineAsync(
                $"{pair.Name}: {trial.Results.Sum(r => r.Detected)} of {trial.Results.Sum(r => r.Seeded)}"
            );
        }
        return report;
    }

    private static int Number(string[] args, string name, int otherwise)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
