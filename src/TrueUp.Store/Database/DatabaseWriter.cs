using System.Data.Common;
using System.Threading.Channels;

namespace TrueUp.Store.Database;

/// <summary>
/// The one writer of a control database in this process. Jobs are done in the order they come, many to a transaction.
/// When one of a transaction fails, the others are done again, each by itself, so that it fails alone.
/// </summary>
internal sealed class DatabaseWriter : IAsyncDisposable
{
    private const int QueueMax = 1024;
    private const int TransactionMax = 512;

    private readonly Channel<WriteJob> _queue = Channel.CreateBounded<WriteJob>(
        new BoundedChannelOptions(QueueMax) { SingleReader = true });
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
    public ValueTask PostAsync(Action<DbTransaction> work, Action<Exception> failed,
        CancellationToken cancellationToken) =>
        _queue.Writer.WriteAsync(new WriteJob(work, Durable: false, static () => { }, failed), cancellationToken);

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
        await _queue.Writer.WriteAsync(new WriteJob(work, durable, done.SetResult, done.SetException),
            cancellationToken);
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
            if (TryCommit(jobs) is { } failure)
            {
                CommitEach(jobs, failure);
            }
            jobs.Clear();
        }
        Disconnect();
    }

    private void CommitEach(List<WriteJob> jobs, Exception failure)
    {
        if (jobs.Count == 1)
        {
            jobs[0].Failed(Reported(failure));
            return;
        }
        foreach (var job in jobs)
        {
            if (TryCommit([job]) is { } own)
            {
                job.Failed(Reported(own));
            }
        }
    }

    private Exception? TryCommit(List<WriteJob> jobs)
    {
        try
        {
            Commit(jobs);
        }
        catch (Exception error)
        {
            // Whoever queued the jobs is told; the loop has to go on for the others, on a connection in a known state.
            Disconnect();
            return error;
        }
        foreach (var job in jobs)
        {
            job.Done();
        }
        return null;
    }

    /// <summary>A mistake of this program stays what it is.</summary>
    private Exception Reported(Exception error) =>
        error is DbException or IOException ? _database.Translate(error) : error;

    private void Commit(List<WriteJob> jobs)
    {
        var connection = _connection ??= Connect();
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

    private sealed record WriteJob(Action<DbTransaction> Work, bool Durable, Action Done, Action<Exception> Failed);
}
