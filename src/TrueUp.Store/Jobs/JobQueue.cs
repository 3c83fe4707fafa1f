using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using TrueUp.Audit;
using TrueUp.Runs;
using TrueUp.Store.Audit;
using TrueUp.Store.Database;
using TrueUp.Store.Queries;

namespace TrueUp.Store.Jobs;

/// <summary>
/// What is asked for, in the order in which it will be run: what everybody may do with the queue. What only servers do
/// is in <see cref="JobClaims"/>. See <c>docs/adr/0007-server.md</c>.
/// </summary>
public sealed class JobQueue
{
    /// <summary>Jobs listed at most.</summary>
    public const int LimitMax = 1000;

    private static readonly TimeSpan KeyLifetime = TimeSpan.FromDays(1);

    private readonly StoreContext _context;
    private readonly RunIds _ids;

    internal JobQueue(StoreContext context, RunIds ids)
    {
        _context = context;
        _ids = ids;
    }

    /// <summary>Asks for a run. Durable when it returns.</summary>
    /// <exception cref="Sides.SideException">The control database cannot be used.</exception>
    public async ValueTask<Enqueued> EnqueueAsync(JobRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        Enqueued? enqueued = null;
        var id = _ids.Next();
        await _context.Writer.RunAsync(
            transaction => enqueued = Enqueue(transaction, request, id),
            durable: true,
            cancellationToken
        );
        return enqueued!;
    }

    /// <summary>What a request was answered with before, or null when it is new or has no key.</summary>
    public async ValueTask<Enqueued?> RepeatedAsync(JobRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.IdempotencyKey is null)
        {
            return null;
        }
        var found = await _context.Database.QueryAsync(
            """
            SELECT j.*, k.request_hash FROM sync_job_keys k JOIN sync_jobs j ON j.id = k.job_id
            WHERE k.actor = @actor AND k.idempotency_key = @key AND k.created_at >= @old
            """,
            KeyOf(request),
            row => (Hash: row.Text("request_hash"), Job: JobRows.Read(row)),
            cancellationToken
        );
        return found.Count == 0 ? null : Repeated(found[0].Hash, HashOf(request), found[0].Job);
    }

    /// <summary>A job, or null.</summary>
    public async ValueTask<Job?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var found = await _context.Database.QueryAsync(
            "SELECT * FROM sync_jobs WHERE id = @id",
            new { id },
            JobRows.Read,
            cancellationToken
        );
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>The job of a pipeline that runs, else the one that waits; null when there is none.</summary>
    public async ValueTask<Job?> OpenAsync(string pipeline, CancellationToken cancellationToken)
    {
        var found = await _context.Database.QueryAsync(
            """
            SELECT * FROM sync_jobs WHERE entity_type = @pipeline AND state IN ('running', 'queued')
            ORDER BY CASE state WHEN 'running' THEN 0 ELSE 1 END
            """,
            new { pipeline },
            JobRows.Read,
            cancellationToken
        );
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Jobs, newest first.</summary>
    public async ValueTask<Page<Job>> ListAsync(JobQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, LimitMax, nameof(query));
        var conditions = new Conditions(_context.Database)
            .Equal("entity_type", query.Pipeline)
            .In("entity_type", query.Among)
            .Equal("state", query.State is { } state ? JobRows.Name(state) : null)
            .Equal("node_id", query.NodeId)
            .Add("id < {0}", query.After);
        conditions.Parameters.Add("@limit", query.Limit + 1);
        var found = await _context.Database.QueryAsync(
            $"SELECT * FROM sync_jobs {conditions.Where} ORDER BY id DESC LIMIT @limit",
            conditions.Parameters,
            JobRows.Read,
            cancellationToken
        );
        return found.Count > query.Limit
            ? new Page<Job>(found[..query.Limit], found[query.Limit - 1].Id)
            : new Page<Job>(found, null);
    }

    /// <summary>What waits, in the order in which it will be run.</summary>
    /// <param name="limit">Jobs at most, from 1 to <see cref="LimitMax"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<IReadOnlyList<Job>> WaitingAsync(int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, LimitMax);
        return await _context.Database.QueryAsync(
            "SELECT * FROM sync_jobs WHERE state = 'queued' ORDER BY priority, due_at, id LIMIT @limit",
            new { limit },
            JobRows.Read,
            cancellationToken
        );
    }

    /// <summary>How many jobs wait, and since when the one that has been due longest is; by priority.</summary>
    public async ValueTask<IReadOnlyList<JobBacklog>> BacklogAsync(CancellationToken cancellationToken) =>
        await _context.Database.QueryAsync(
            """
            SELECT priority, count(*) AS waiting, min(due_at) AS due_at FROM sync_jobs
            WHERE state = 'queued' GROUP BY priority
            """,
            null,
            row => new JobBacklog((JobPriority)row.Number("priority"), row.Number("waiting"), row.Time("due_at")),
            cancellationToken
        );

    /// <summary>
    /// Cancels a job that waits, and asks the server that runs one to stop at the next safe point. Durable.
    /// </summary>
    /// <returns>The job as it stands then; null when there is none of that identifier.</returns>
    public async ValueTask<Job?> CancelAsync(string id, string who, CancellationToken cancellationToken)
    {
        Job? job = null;
        var row = new
        {
            id,
            who = Redaction.Clean(who),
            now = Now,
        };
        await _context.Writer.RunAsync(
            transaction =>
            {
                transaction.Execute(
                    """
                    UPDATE sync_jobs
                    SET cancel_requested_at = coalesce(cancel_requested_at, @now),
                        cancel_requested_by = coalesce(cancel_requested_by, @who),
                        finished_at = CASE WHEN state = 'queued' THEN @now END,
                        state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END
                    WHERE id = @id AND state IN ('queued', 'running')
                    """,
                    row
                );
                job = Find(transaction, id);
            },
            durable: true,
            cancellationToken
        );
        return job;
    }

    private object Now => _context.Database.Time(_context.Clock.GetUtcNow());

    private Enqueued Enqueue(DbTransaction transaction, JobRequest request, string id)
    {
        // Two that ask at the same moment do so one after the other: each sees what the other did.
        transaction.Execute(JobSql.Gate, new { });
        var hash = HashOf(request);
        if (request.IdempotencyKey is not null && FindKey(transaction, request) is { } known)
        {
            return Repeated(known.Hash, hash, Find(transaction, known.JobId)!);
        }
        if (request.NextDue is not null)
        {
            transaction.Execute(
                """
                INSERT INTO sync_status (entity_type, next_sync, updated_at) VALUES (@pipeline, @next, @now)
                ON CONFLICT (entity_type) DO UPDATE SET next_sync = excluded.next_sync
                """,
                new
                {
                    pipeline = request.Pipeline,
                    next = _context.Database.Time(request.NextDue.Value),
                    now = Now,
                }
            );
        }
        var enqueued = Place(transaction, request, id);
        if (
            request.IdempotencyKey is not null
            && enqueued is { Result: EnqueueResult.Queued or EnqueueResult.Joined, Job: { } job }
        )
        {
            Remember(transaction, request, hash, job.Id);
        }
        return enqueued;
    }

    private Enqueued Place(DbTransaction transaction, JobRequest request, string id)
    {
        // What a run left undone may wait until the pipeline is resumed: nothing else would bring it back.
        if (request.Trigger != TriggerSource.Retry && IsPaused(transaction, request.Pipeline))
        {
            return new Enqueued(EnqueueResult.Paused, null);
        }
        // What a schedule, a retry or a feed wants can wait for the run to end; a person is told that it runs.
        if (
            request.Trigger == TriggerSource.Manual
            && Find(transaction, "entity_type = @value AND state = 'running'", request.Pipeline) is { } running
        )
        {
            return new Enqueued(EnqueueResult.AlreadyRunning, running);
        }
        var waiting = Find(transaction, "entity_type = @value AND state = 'queued'", request.Pipeline);
        var row = RowOf(request, waiting?.Id ?? id);
        transaction.Execute(waiting is null ? JobSql.Insert(_context.Database) : JobSql.Join(_context.Database), row);
        if (request.Trigger == TriggerSource.Manual)
        {
            transaction.Execute(JobSql.Ask, row);
        }
        return new Enqueued(
            waiting is null ? EnqueueResult.Queued : EnqueueResult.Joined,
            Find(transaction, waiting?.Id ?? id)!
        );
    }

    private bool IsPaused(DbTransaction transaction, string pipeline) =>
        transaction.First(
            _context.Database,
            "SELECT entity_type FROM sync_status WHERE entity_type = @pipeline AND NOT is_active",
            new { pipeline },
            row => row.Text("entity_type")
        )
            is not null;

    private object RowOf(JobRequest request, string id) =>
        new
        {
            id,
            pipeline = request.Pipeline,
            unit = request.Unit,
            priority = (short)request.Priority,
            trigger = JobRows.Name(request.Trigger),
            isManual = request.Trigger == TriggerSource.Manual,
            isRetry = request.Trigger == TriggerSource.Retry,
            triggeredBy = Redaction.CleanOrNull(request.TriggeredBy),
            reason = Redaction.CleanOrNull(request.Reason),
            verifyOnly = request.VerifyOnly,
            retries = request.Retries,
            delay = request.Delay.TotalSeconds,
            now = Now,
        };

    private object KeyOf(JobRequest request) =>
        new
        {
            actor = request.TriggeredBy ?? "",
            key = request.IdempotencyKey,
            old = _context.Database.Time(_context.Clock.GetUtcNow() - KeyLifetime),
        };

    private static Enqueued Repeated(string knownHash, string hash, Job job) =>
        new(knownHash == hash ? EnqueueResult.Repeated : EnqueueResult.KeyReused, job);

    private (string Hash, string JobId)? FindKey(DbTransaction transaction, JobRequest request)
    {
        var parameters = KeyOf(request);
        transaction.Execute("DELETE FROM sync_job_keys WHERE created_at < @old", parameters);
        var found = transaction.First(
            _context.Database,
            "SELECT request_hash, job_id FROM sync_job_keys WHERE actor = @actor AND idempotency_key = @key",
            parameters,
            row => Tuple.Create(row.Text("request_hash"), row.Text("job_id"))
        );
        return found is null ? null : (found.Item1, found.Item2);
    }

    private void Remember(DbTransaction transaction, JobRequest request, string hash, string jobId) =>
        transaction.Execute(
            """
            INSERT INTO sync_job_keys (actor, idempotency_key, request_hash, job_id, created_at)
            VALUES (@actor, @key, @hash, @jobId, @now)
            """,
            new
            {
                actor = request.TriggeredBy ?? "",
                key = request.IdempotencyKey,
                hash,
                jobId,
                now = Now,
            }
        );

    private Job? Find(DbTransaction transaction, string id) => Find(transaction, "id = @value", id);

    private Job? Find(DbTransaction transaction, string condition, string value) =>
        transaction.First(_context.Database, $"SELECT * FROM sync_jobs WHERE {condition}", new { value }, JobRows.Read);

    private static string HashOf(JobRequest request) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    StoreJson.Write(
                        new[]
                        {
                            request.Pipeline,
                            request.Unit,
                            request.Priority.ToString(),
                            request.Reason,
                            request.VerifyOnly.ToString(),
                        }
                    )
                )
            )
        );
}
