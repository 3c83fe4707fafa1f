using System.Globalization;
using TrueUp.Bench.Benchmarks;
using TrueUp.Bench.Benchmarks.Servers;
using TrueUp.Bench.Measuring;

namespace TrueUp.Bench;

/// <summary>
/// <c>./dev bench [NAME…] [--rows N] [--runs N] [--minutes N] [--postgres]</c>: runs the peer and us by turns,
/// prints the ratio, and writes
/// <c>bench/RESULTS.md</c> from the results kept in <c>bench/results/</c>.
/// </summary>
internal static class BenchCommand
{
    private static readonly IReadOnlyList<IBenchmark> All =
    [
        new CsvToSqlite(),
        new PostgresToPostgres(),
        new PostgresToPostgresPgcopydb(),
        new NothingChanged(),
        new TenCorrupted(),
        new CsvToPostgres(),
        new CsvToPostgresPgloader(),
        new AuditChanges(),
        new AuditRecords(),
        new Growth(),
        new Startup(),
        new Drain(),
        new ApiQueries(),
        new ApiLoad(),
        new ScheduleThousand(),
    ];

    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var names = args.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        var settings = new BenchSettings(Option(args, "--rows", 3_000_000), (int)Option(args, "--runs", 5))
        {
            Time = TimeSpan.FromMinutes(Option(args, "--minutes", 30)),
            Postgres = args.Contains("--postgres"),
        };
        var chosen = All.Where(b => names.Count == 0 ? b.IsDefault : names.Contains(b.Name)).ToList();
        if (chosen.Count == 0 || names.Count > chosen.Count)
        {
            return Usage($"benchmarks: {string.Join(", ", All.Select(b => b.Name))}, verifier [--rounds N]");
        }
        foreach (var benchmark in chosen)
        {
            await Console.Error.WriteLineAsync($"== {benchmark.Name}: {benchmark.Title}");
            var result = await benchmark.RunAsync(settings, cancellationToken);
            ResultFiles.Save(result);
            await Console.Error.WriteLineAsync(result.Line());
        }
        ResultFiles.WriteTable();
        return 0;
    }

    public static int Usage(string problem)
    {
        Console.Error.WriteLine($"usage: bench [NAME…] [--rows N] [--runs N] [--minutes N] [--postgres]\n{problem}");
        return 2;
    }

    private static long Option(string[] args, string name, long otherwise)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? long.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
