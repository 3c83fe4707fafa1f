using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Sides;

namespace TrueUp.Proofs.SelfTests;

/// <summary>Makes a pipeline's daily self-test part of a run: a verifier that fails it is not believed.</summary>
internal sealed class SelfTestStep(ConnectorRegistry connectors, IAuditLog audit, TimeProvider clock)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>The outcome with the self-test's result, if one was due; failed if that is.</summary>
    public async Task<RunOutcome> ApplyAsync(
        PipelineDefinition pipeline,
        RunOutcome outcome,
        CancellationToken cancellationToken
    )
    {
        if (
            pipeline.Verify.SelfTest != SelfTestPolicy.Daily
            || outcome is { DryRun: true } or { Error: not null } or { Status: RunStatus.Cancelled }
            || cancellationToken.IsCancellationRequested
            || await audit.LastSelfTestAsync(pipeline.Name, cancellationToken) is { } last
                && clock.GetUtcNow() - last < Day
        )
        {
            return outcome;
        }
        try
        {
            var result = await new SelfTest(connectors, clock).RunAsync(pipeline.Target, cancellationToken);
            return result.Passed ? outcome with { SelfTest = result } : Distrust(outcome, result);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run's own proof stands; the next run tests again.
            return outcome;
        }
    }

    private static RunOutcome Distrust(RunOutcome outcome, SelfTestResult result) =>
        outcome with
        {
            SelfTest = result,
            Status = RunStatus.Failed,
            Verification = outcome.Verification with { Verdict = Verdict.Failed },
            Error = new RunError(
                "self_test_failed",
                $"The verifier found {result.Detected} of {result.Kinds} kinds of damage on a canary table; its verdicts are not to be trusted here: {string.Join("; ", result.Problems)}.",
                "See that this user may create and drop tables there; if it may, report this with the store's version.",
                ErrorCause.Data,
                []
            ),
        };
}
