using System.Data.Common;
using TrueUp.Audit;
using TrueUp.Store.Database;

namespace TrueUp.Store.Jobs;

/// <summary>
/// What servers do with the queue: take a job for a time, say that they still have it, and end it. Whatever a server
/// changes names the number of its claim, so that one that lost its job changes nothing.
/// </summary>
public sealed class JobClaims
{
    /// <summary>How often a job is tried whose server was lost.</summary>
    public const int AttemptsMax = 5;

    /// <summary>
    /// The longest lease there is. One that seems to last longer was taken before the clock was set back, by a server
    /// that does not renew it: it is over.
    /// </summary>
    public static readonly TimeSpan LeaseMax = TimeSpan.FromMinutes(10);

    private readonly StoreContext _context;

    internal JobClaims(StoreContext context) => _context = context;

    /// <summary>Takes the job that is next in the queue, or null when there is none for this server.</summary>
    public async ValueTask<Job?> ClaimAsync(JobClaim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (claim.Pipelines.Count == 0 || !await IsDueAsync(cancellationToken))
        {
            return null;
        }
        Job? job = null;
        var row = new
        {
            nodeId = claim.NodeId,
            lease = claim.Lease.TotalSeconds,
            runningMax = claim.RunningMax,
            pipelines = claim.Pipelines.ToArray(),
            now = Now,
        };
        await _context.Writer.RunAsync(
            transaction =>
            {
                // Whoever claims at the same moment waits here, and counts what this one takes.
                transaction.Execute(JobSql.Gate, row);
                job = transaction.First(_context.Database, JobSql.Claim(_context.Database), row, JobRows.Read);
            },
            durable: true,
            cancellationToken
        );
        return job;
    }

    /// <summary>Holds a job for another lease, and tells how far it is.</summary>
    /// <param name="job">The job as it was claimed.</param>
    /// <param name="lease">How long the claim holds from now.</param>
    /// <param name="runId">Its run, as soon as that is known.</param>
    /// <param name="progress">How far it is, or null for nothing new.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<Renewal> RenewAsync(
        Job job,
        TimeSpan lease,
        string? runId,
        JobProgress? progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(job);
        Job? renewed = null;
        var row = new
        {
            id = job.Id,
            claim = job.Claim,
            lease = lease.TotalSeconds,
            runId,
            progress = progress is null ? null : StoreJson.Write(progress),
            now = Now,
        };
        await _context.Writer.RunAsync(
            transaction =>
                renewed = transaction.First(_context.Database, JobSql.Renew(_context.Database), row, JobRows.Read),
            durable: false,
            cancellationToken
        );
        return new Renewal(renewed is not null, renewed?.CancelRequestedBy);
    }

    /// <summary>Ends a job. Durable.</summary>
    /// <returns>False when this server no longer had it: nothing was changed.</returns>
    public async ValueTask<bool> FinishAsync(Job job, string? runId, JobEnd end, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(end);
        return await ChangeAsync(
                JobSql.Finish(_context.Database),
                new
                {
                    id = job.Id,
                    claim = job.Claim,
                    runId,
                    state = JobRows.Name(end.State),
                    records = end.RecordsProcessed,
                    progress = end.Progress is null ? null : StoreJson.Write(end.Progress),
                    code = end.ErrorCode,
                    message = Redaction.CleanOrNull(end.ErrorMessage),
                    now = Now,
                },
                cancellationToken
            ) > 0;
    }

    /// <summary>Puts a job back that this server cannot go on with, for any server to take. Durable.</summary>
    /// <param name="job">The job as it was claimed.</param>
    /// <param name="isTried">Whether this counts as an attempt; a server that is being stopped does not count.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask ReleaseAsync(Job job, bool isTried, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        await ChangeAsync(
            JobSql.GiveUp("id = @id AND claim = @claim"),
            new
            {
                id = job.Id,
                claim = job.Claim,
                attemptsMax = isTried ? AttemptsMax : int.MaxValue,
                step = isTried ? 1 : 0,
                lost = "The server that ran it was stopped, and another job of the pipeline waits already.",
                now = Now,
            },
            cancellationToken
        );
    }

    /// <summary>Lets every job whose lease ran out wait again, one attempt further. Durable.</summary>
    /// <returns>How many there were.</returns>
    public ValueTask<int> RecoverAsync(CancellationToken cancellationToken) =>
        ChangeAsync(
            JobSql.GiveUp(
                $"(lease_until <= {_context.Database.Now} OR lease_until > {_context.Database.After("@leaseMax")})"
            ),
            new
            {
                leaseMax = LeaseMax.TotalSeconds,
                attemptsMax = AttemptsMax,
                step = 1,
                lost = "The server that ran it is gone; it was tried too often, or another job waits already.",
                now = Now,
            },
            cancellationToken
        );

    private object Now => _context.Database.Time(_context.Clock.GetUtcNow());

    // Most of the time nothing is due, and to see that takes no lock.
    private async ValueTask<bool> IsDueAsync(CancellationToken cancellationToken)
    {
        var due = await _context.Database.QueryAsync(
            $"SELECT 1 AS one FROM sync_jobs WHERE state = 'queued' AND {JobSql.IsDue(_context.Database)} LIMIT 1",
            new { now = Now },
            row => row.Number("one"),
            cancellationToken
        );
        return due.Count > 0;
    }

    private async ValueTask<int> ChangeAsync(string sql, object row, CancellationToken cancellationToken)
    {
        var changed = 0;
        await _context.Writer.RunAsync(
            (DbTransaction transaction) =>
            {
                transaction.Execute(JobSql.Gate, row);
                changed = transaction.Execute(sql, row);
            },
            durable: true,
            cancellationToken
        );
        return changed;
    }
}
