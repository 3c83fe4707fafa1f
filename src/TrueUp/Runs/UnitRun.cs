using Polly;
using Polly.Retry;
using TrueUp.Audit;
using TrueUp.Recovery;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>
/// Runs one unit to its verdict. A failure that may pass is answered by trying the whole attempt again with new
/// connections:
/// since every attempt begins with Compare, it goes on where the last one stopped.
/// </summary>
internal sealed class UnitRun(UnitContext context)
{
    private readonly UnitTally _tally = new();
    private readonly PhaseClock _phases = new(context.Clock);
    private int _retries;

    /// <summary>Runs; errors come back in the outcome, only bugs are thrown.</summary>
    public async Task<UnitOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var outcome = await TryAsync(cancellationToken);
        outcome = outcome with { Phases = _phases.Times() };
        if (outcome.Error is { } error)
        {
            context.Logger.UnitFailed(context.Pipeline.Name, context.Unit.Name, error.Code, error.Message);
        }
        await context.Audit.UnitAsync(outcome, CancellationToken.None);
        return outcome;
    }

    private async Task<UnitOutcome> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await Retry(cancellationToken)
                .ExecuteAsync(
                    async token => await new UnitAttempt(context, _tally, _phases).RunAsync(token),
                    cancellationToken
                );
            if (_retries > 0)
            {
                await RecoveredAsync(outcome.Error is null, "the retry went through", cancellationToken);
            }
            return outcome;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Failed(RunStatus.Cancelled, null);
        }
        catch (SideException failure) when (failure.IsTransient && cancellationToken.IsCancellationRequested)
        {
            // A driver that is interrupted may say that its connection broke.
            return Failed(RunStatus.Cancelled, null);
        }
        catch (RunException refused)
        {
            await ErrorAsync(ErrorType.Validation, refused.Error, refused);
            return Failed(RunStatus.Failed, refused.Error);
        }
        catch (SideException failure)
        {
            var error = RunErrors.From(failure);
            await ErrorAsync(failure.Type, error, failure);
            if (_retries > 0)
            {
                await RecoveredAsync(succeeded: false, failure.Message, CancellationToken.None);
            }
            return Failed(RunStatus.Failed, error);
        }
    }

    private ResiliencePipeline Retry(CancellationToken cancellationToken)
    {
        var retry = context.Pipeline.Retry;
        if (retry.Attempts == 0)
        {
            return ResiliencePipeline.Empty;
        }
        return new ResiliencePipelineBuilder { TimeProvider = context.Clock }
            .AddRetry(
                new RetryStrategyOptions
                {
                    MaxRetryAttempts = retry.Attempts,
                    ShouldHandle = new PredicateBuilder().Handle<SideException>(e =>
                        e.IsTransient && !cancellationToken.IsCancellationRequested
                    ),
                    DelayGenerator = args => new ValueTask<TimeSpan?>(
                        BackOff.Delay(retry, args.AttemptNumber, context.Jitter)
                    ),
                    OnRetry = async args =>
                        await RetryingAsync((SideException)args.Outcome.Exception!, args.RetryDelay),
                }
            )
            .Build();
    }

    private async ValueTask RetryingAsync(SideException failure, TimeSpan delay)
    {
        _retries++;
        context.Logger.Retrying(
            context.Pipeline.Name,
            context.Unit.Name,
            _retries,
            delay.TotalMilliseconds,
            failure.Message
        );
        var action = failure.Type is ErrorType.Database or ErrorType.Network ? "reconnect" : "retry";
        await context.Audit.ErrorAsync(
            new AuditError(context.Unit.Name, failure.Type, Severity.Low, failure.Message, failure.Suggestion)
            {
                StackTrace = failure.StackTrace,
            },
            CancellationToken.None
        );
        await context.Audit.RecoveryAsync(
            new AuditRecovery(context.Unit.Name, action, _retries, failure.Message, null),
            CancellationToken.None
        );
    }

    private ValueTask RecoveredAsync(bool succeeded, string reason, CancellationToken cancellationToken) =>
        context.Audit.RecoveryAsync(
            new AuditRecovery(context.Unit.Name, "retry", _retries, reason, succeeded),
            cancellationToken
        );

    private ValueTask ErrorAsync(ErrorType type, RunError error, Exception cause) =>
        context.Audit.ErrorAsync(
            new AuditError(context.Unit.Name, type, Severity.High, error.Message, error.Suggestion)
            {
                Key = (cause as RunException)?.Key,
                StackTrace = cause.ToString(),
            },
            CancellationToken.None
        );

    private UnitOutcome Failed(RunStatus status, RunError? error) =>
        new(context.Unit.Name)
        {
            Status = status,
            Error = error,
            Counts = new RunCounts
            {
                Created = _tally.Created,
                Updated = _tally.Updated,
                Deleted = _tally.Deleted,
            },
        };
}
