using TrueUp.Proofs.SelfTests;
using TrueUp.Runs;
using TrueUp.Store.Tests.Testing;

namespace TrueUp.Store.Tests.Database;

/// <summary>When the verifier last tested itself.</summary>
public abstract partial class ControlDatabaseConformance
{
    [Fact]
    public async Task The_last_self_test_is_that_of_the_newest_run_whose_test_passed()
    {
        (await LastAsync("sellers")).ShouldBeNull();
        var passed = Clock.Now;
        var run = await TestedAsync(new SelfTestResult(true, 18, 18));
        Clock.Advance(TimeSpan.FromHours(1));
        await TestedAsync(null);
        Clock.Advance(TimeSpan.FromHours(1));
        await TestedAsync(new SelfTestResult(false, 18, 17) { Problems = ["another case: not found"] });

        (await LastAsync("sellers")).ShouldBe(passed);
        (await LastAsync("other")).ShouldBeNull();
        var details = await Home.Runs.GetAsync(run, CancellationToken.None);
        details!.SelfTest!.Passed.ShouldBeTrue();
        details.SelfTest.Kinds.ShouldBe(18);
    }

    private async Task<DateTimeOffset?> LastAsync(string pipeline) =>
        await Home.Audit.LastSelfTestAsync(pipeline, CancellationToken.None);

    private async Task<string> TestedAsync(SelfTestResult? test)
    {
        await using var run = await Home.Audit.StartAsync(Sample.Start(Clock), CancellationToken.None);
        var outcome = Sample.Outcome(run, Clock) with
        {
            SelfTest = test,
            Error = test is { Passed: false }
                ? new RunError("self_test_failed", "m", "s", ErrorCause.Environment, [])
                : null,
        };
        await run.CompleteAsync(outcome, CancellationToken.None);
        return run.RunId;
    }
}
