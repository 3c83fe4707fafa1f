using System.Data.Common;
using System.Threading.Channels;

namespace TrueUp.Store.Database;

/// <summary>
/// The one writer of a control database in this process. Jobs are done in the order they come, many to a transaction.
/// When one of a transaction fails, the others are done again, each by itself, so that it fails alone. A connection
/// that broke is opened again, and jobs that met another program's are repeated, before anybody is told of a failure.
/// </summary>
internal sealed class DatabaseWriter : IAsyncDisposable
{
    private const int QueueMax = 1024;
    private const int TransactionMax = 512;

    /// <summary>As often may other writers be in the way; each time at least one of them has got on.</summary>
    private const int TriesMax = 20;

    private readonly Channel<WriteJob> _queue = Channel.CreateBounded<WriteJob>(
        new BoundedChannelOptions(QueueMax) { SingleReader = true }
    );
    private readonly ControlDatabase _database;
    private readonly Task _loop;
    private DbConnection? _connection;
    private bool _durable;

    public DatabaseWriter(ControlDatabase database)
    {
        _database = database;
        _loop = Task.Run(WriteAsync);
    }

    /// <summary>Queues a job, waiting while the queue is full.</summary>
    /// <param name="work">What to do; may be called again after a rollback.</param>
    /// <param name="failed">Told when it could not be done.</param>
    /// <param name="cancellationToken">Ends the waiting for a place in the queue.</param>
    public ValueTask PostAsync(
        Action<DbTransaction> work,
        Action<Exception> failed,
        CancellationToken cancellationToken
    ) => _queue.Writer.WriteAsync(new WriteJob(work, Durable: false, static () => { }, failed), cancellationToken);

    /// <summary>Queues a job if there is room for it now.</summary>
    /// <inheritdoc cref="PostAsync"/>
    public bool TryPost(Action<DbTransaction> work, Action<Exception> failed) =>
        _queue.Writer.TryWrite(new WriteJob(work, Durable: false, static () => { }, failed));

    /// <summary>Does a job after all that were queued before, and returns when it is committed.</summary>
    /// <param name="work">What to do; may be called again after a rollback.</param>
    /// <param name="durable">Whether it must survive a loss of power from now on, with everything before it.</param>
    /// <param name="cancellationToken">Ends the waiting for a place in the queue; a job that has one is done.</param>
    public async Task RunAsync(Action<DbTransaction> work, bool durable, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(
            new WriteJob(work, durable, done.SetResult, done.SetException),
            cancellationToken
        );
        await done.Task;
    }

    /// <summary>Does what is queued and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
    }

    private async Task WriteAsync()
    {
        var jobs = new List<WriteJob>(TransactionMax);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (jobs.Count < TransactionMax && _queue.Reader.TryRead(out var job))
            {
                jobs.Add(job);
            }
            Write(jobs);
            jobs.Clear();
        }
        Disconnect();
    }

    private void Write(List<WriteJob> jobs)
    {
        if (Try(jobs) is not { } failure)
        {
            return;
        }
        if (failure.IsForAll || jobs.Count == 1)
        {
            Fail(jobs, failure.Error);
            return;
        }
        for (var i = 0; i < jobs.Count; i++)
        {
            if (Try([jobs[i]]) is not { } own)
            {
                continue;
            }
            if (own.IsForAll)
            {
                // Each of the others would wait just as long for the same answer.
                Fail(jobs[i..], own.Error);
                return;
            }
            Fail([jobs[i]], own.Error);
        }
    }

    /// <summary>Commits the jobs, again where that may help; what stood against it, or null.</summary>
    private Failure? Try(List<WriteJob> jobs)
    {
        var connections = 1;
        for (var tries = 1; ; tries++)
        {
            var (fault, failure) = TryOnce(jobs);
            switch (fault)
            {
                case WriteFault.Conflict when tries < TriesMax:
                    break;
                case WriteFault.Lost when !failure!.IsForAll && connections == 1:
                    // It may have been idle since before the server was restarted; nothing of this was committed.
                    connections++;
                    break;
                case WriteFault.Lost:
                    return failure! with { IsForAll = true };
                default:
                    return failure;
            }
        }
    }

    private (WriteFault? Fault, Failure? Failure) TryOnce(List<WriteJob> jobs)
    {
        var phase = Phase.Connecting;
        try
        {
            Commit(jobs, ref phase);
        }
        catch (Exception error)
        {
            // Whoever queued the jobs is told; the loop has to go on for the others, on a connection in a known state.
            Disconnect();
            var fault = phase == Phase.Connecting ? WriteFault.Unavailable : _database.Classify(error);
            // Who loses the connection while it commits cannot know whether it did: doing it again could do it twice.
            var unsure = phase == Phase.Committing && fault == WriteFault.Lost;
            return (fault, new Failure(error, unsure || fault == WriteFault.Unavailable));
        }
        foreach (var job in jobs)
        {
            job.Done();
        }
        return (null, null);
    }

    private void Fail(IEnumerable<WriteJob> jobs, Exception error)
    {
        var reported = Reported(error);
        foreach (var job in jobs)
        {
            job.Failed(reported);
        }
    }

    /// <summary>A mistake of this program stays what it is.</summary>
    private Exception Reported(Exception error) =>
        error is DbException or IOException ? _database.Translate(error) : error;

    private void Commit(List<WriteJob> jobs, ref Phase phase)
    {
        var connection = _connection ??= Connect();
        phase = Phase.Working;
        var durable = jobs.Exists(job => job.Durable);
        if (durable != _durable)
        {
            _database.SetDurable(connection, durable);
            _durable = durable;
        }
        using var transaction = connection.BeginTransaction();
        foreach (var job in jobs)
        {
            job.Work(transaction);
        }
        phase = Phase.Committing;
        transaction.Commit();
    }

    private DbConnection Connect()
    {
        var connection = _database.Connect();
        _database.SetDurable(connection, durable: false);
        _durable = false;
        return connection;
    }

    private void Disconnect()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private enum Phase
    {
        Connecting,
        Working,
        Committing,
    }

    /// <param name="Error">What was thrown.</param>
    /// <param name="IsForAll">Whether each of the jobs would fail like this.</param>
    private sealed record Failure(Exception Error, bool IsForAll);

    private sealed record WriteJob(Action<DbTransaction> Work, bool Durable, Action Done, Action<Exception> Failed);
}
