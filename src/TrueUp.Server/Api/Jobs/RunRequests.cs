using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Api.Pipelines;
using TrueUp.Server.Security;
using TrueUp.Store;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Api.Jobs;

/// <summary>Puts what people ask for into the queue, or says why it does not go there (P14, P17).</summary>
internal sealed class RunRequests(TrueUpHome home, PipelineBook book, QueuePictures queue)
{
    /// <summary>Characters of a reason at most.</summary>
    public const int ReasonMax = 1000;

    /// <summary>Characters of a unit's name at most.</summary>
    public const int UnitMax = 300;

    private const int KeyMax = 255;

    /// <summary>Asks for a run.</summary>
    /// <returns>The job that covers it, or the problem that stands against it; and whether it was asked
    /// before.</returns>
    public async ValueTask<(JobBody? Job, ProblemHttpResult? Problem, bool IsReplay)> AskAsync(
        string pipeline,
        RunRequestBody body,
        string? idempotencyKey,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (Check(body, idempotencyKey) is { Count: > 0 } findings)
        {
            return (null, Problems.BadRequest(findings), false);
        }
        if (!await book.ExistsAsync(pipeline, caller, cancellationToken))
        {
            return (null, Problems.NotFound("pipeline", "GET /api/v1/pipelines"), false);
        }
        var request = new JobRequest
        {
            Pipeline = pipeline,
            Unit = body.Unit,
            Priority = body.Priority,
            Trigger = TriggerSource.Manual,
            TriggeredBy = caller.Name,
            Reason = body.Reason,
            VerifyOnly = body.VerifyOnly,
            IdempotencyKey = idempotencyKey,
        };
        // What was answered once is answered so again, even if the pipeline was paused since.
        if (
            await home.Queue.RepeatedAsync(request, cancellationToken) is null
            && await RefusalAsync(pipeline, cancellationToken) is { } refusal
        )
        {
            return (null, refusal, false);
        }
        return await AnswerAsync(
            pipeline,
            await home.Queue.EnqueueAsync(request, cancellationToken),
            cancellationToken
        );
    }

    private async ValueTask<(JobBody?, ProblemHttpResult?, bool)> AnswerAsync(
        string pipeline,
        Enqueued enqueued,
        CancellationToken cancellationToken
    )
    {
        if (enqueued.Job is null)
        {
            return (null, Paused(pipeline), false);
        }
        var picture = await queue.TakeAsync(cancellationToken);
        var job = JobBody.Of(enqueued.Job, picture.CompletionOf(enqueued.Job));
        return enqueued.Result switch
        {
            EnqueueResult.AlreadyRunning => (null, AlreadyRunning(job), false),
            EnqueueResult.KeyReused => (
                null,
                Problems.Conflict(
                    "idempotency_key_reused",
                    "The idempotency key was used before, for another request.",
                    "Use a new key for each request, and the same only to send one again."
                ),
                false
            ),
            _ => (job, null, enqueued.Result == EnqueueResult.Repeated),
        };
    }

    private async ValueTask<ProblemHttpResult?> RefusalAsync(string pipeline, CancellationToken cancellationToken)
    {
        if (book.Find(pipeline) is not { Definition: not null } entry)
        {
            return Problems.Of(
                StatusCodes.Status422UnprocessableEntity,
                "pipeline_broken",
                $"The pipeline {pipeline} cannot run as its file is.",
                "Mend the file; each finding says what to change.",
                book.Find(pipeline)?.Findings ?? []
            );
        }
        var loads = await home.Pipelines.LoadsAsync([entry.Name], cancellationToken);
        return loads.GetValueOrDefault(pipeline) is { IsPaused: true } ? Paused(pipeline) : null;
    }

    private static ProblemHttpResult Paused(string pipeline) =>
        Problems.Conflict(
            "pipeline_paused",
            $"The pipeline {pipeline} is paused.",
            $"See GET /api/v1/pipelines/{pipeline} for who paused it and why, and resume it first."
        );

    private static ProblemHttpResult AlreadyRunning(JobBody job) =>
        Problems.Of(
            StatusCodes.Status409Conflict,
            "already_running",
            $"The pipeline {job.EntityType} runs already: nothing was started.",
            $"Follow GET /api/v1/sync-admin/jobs/{job.SyncJobId}/progress, or cancel it.",
            more: new Dictionary<string, object?> { ["job"] = job }
        );

    private static List<Finding> Check(RunRequestBody body, string? idempotencyKey)
    {
        var findings = new List<Finding>();
        findings.Check("$.unit", body.Unit, UnitMax);
        findings.Check("$.reason", body.Reason, ReasonMax);
        if (
            idempotencyKey is not null
            && (idempotencyKey.Length is 0 or > KeyMax || idempotencyKey.Any(c => c is < ' ' or > '~'))
        )
        {
            findings.Add(
                new Finding(
                    "bad_value",
                    "The header Idempotency-Key cannot be used.",
                    $"Give 1 to {KeyMax} printable ASCII characters, such as a UUID."
                )
                {
                    Path = "Idempotency-Key",
                }
            );
        }
        return findings;
    }
}
