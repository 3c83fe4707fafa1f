using System.Globalization;
using TrueUp.Bench.Faults.Hostile;

namespace TrueUp.Bench.Faults;

/// <summary>
/// <c>./dev fault [NAME…] [--times N] [--rows N] [--seed N] [--route NAME]</c>: harms runs and feeds readers what they
/// do
/// not expect. Exits with 1 when a promise was broken.
/// </summary>
internal static class FaultCommand
{
    private static readonly IReadOnlyList<IFaultProgram> All =
    [
        new KillProgram(),
        new ZombieProgram(),
        new CutProgram(),
        new ServersProgram(),
        new SimulateProgram(),
        new HostileProgram(),
    ];

    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var names = args.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        var chosen = All.Where(p => names.Count == 0 || names.Contains(p.Name)).ToList();
        if (chosen.Count == 0 || names.Count > chosen.Count)
        {
            await Console.Error.WriteLineAsync(
                $"usage: fault [NAME…] [--times N] [--rows N] [--seed N] [--route NAME]\n       fault simulate [--seeds N] [--steps N] [--seed S]\n       fault hostile [--times N] [--seed S] [--only I]\nfault programs: {string.Join(", ", All.Select(p => p.Name))}"
            );
            return 2;
        }
        var violations = 0;
        foreach (var program in chosen)
        {
            var settings = Settings(program, args);
            var report = new FaultReport(Console.Error);
            report.Say($"== {program.Name}");
            await program.RunAsync(settings, report, cancellationToken);
            report.Sum(program.Name, settings);
            violations += report.Violations.Count;
        }
        return violations == 0 ? 0 : 1;
    }

    private static FaultSettings Settings(IFaultProgram program, string[] args)
    {
        // A simulation's seeds are its times: one seed alone is one of them done again.
        var isOneSeed = program.Steps > 0 && Text(args, "--seed") is not null && Text(args, "--seeds") is null;
        var times = isOneSeed ? 1 : Number(args, "--seeds", Number(args, "--times", program.Times));
        return new FaultSettings(
            times,
            Number(args, "--seed", 1),
            Number(args, "--rows", program.Rows),
            Text(args, "--route") is { } route ? [route] : []
        )
        {
            Steps = Number(args, "--steps", (int)(program.Steps * times / program.Times)),
            Only = Text(args, "--only") is { } only ? int.Parse(only, CultureInfo.InvariantCulture) : null,
        };
    }

    private static int Number(string[] args, string name, int otherwise) =>
        Text(args, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static string? Text(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
