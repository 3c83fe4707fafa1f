using TrueUp.Bench.Verifier;

namespace TrueUp.Cli.Tests.Verifier;

/// <summary><c>./dev bench verifier</c> with little data: every kind of damage is found, located and
/// repaired.</summary>
public sealed class VerifierTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("csv", "sqlite")]
    [InlineData("postgres", "postgres")]
    public async Task Every_corruption_is_found_to_the_row_and_repaired_without_a_false_alarm(
        string source,
        string target
    )
    {
        using var log = new StringWriter();
        var report = await VerifierCommand.TestAsync(
            [(source, target)],
            rows: 150,
            rounds: 1,
            seed: 11,
            log,
            TestContext.Current.CancellationToken
        );

        output.WriteLine(report.Line());
        // A pair whose types cannot express a kind never seeds it; what was seeded has to be found.
        report.Failures.Where(f => !f.EndsWith("never seeded", StringComparison.Ordinal)).ShouldBeEmpty();
        report.Seeded.ShouldBeGreaterThanOrEqualTo(50);
        report.Detected.ShouldBe(report.Seeded);
    }
}
