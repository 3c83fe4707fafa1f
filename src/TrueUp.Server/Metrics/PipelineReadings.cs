using TrueUp.Audit;
using TrueUp.Sides;
using TrueUp.Store;

namespace TrueUp.Server.Metrics;

/// <summary>
/// Asks the control database how things stand, at most once in <see cref="MaxAge"/> however many look at metrics and
/// health. Safe for use by several threads.
/// </summary>
internal sealed class PipelineReadings(TrueUpHome home, TimeProvider clock)
{
    /// <summary>How old an answer may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private Task<PipelineReading>? _newest;
    private PipelineReading? _last;
    private long _askedAt;
    private bool _isAsking;

    /// <summary>When this server began to look.</summary>
    public DateTimeOffset Started { get; } = clock.GetUtcNow();

    /// <summary>The last answer, or null before the first; asks anew behind the caller's back when it is old.</summary>
    public PipelineReading? Latest
    {
        get
        {
            _ = Ask();
            return Volatile.Read(ref _last);
        }
    }

    /// <summary>An answer that is not older than <see cref="MaxAge"/>.</summary>
    public Task<PipelineReading> FreshAsync(CancellationToken cancellationToken) => Ask().WaitAsync(cancellationToken);

    private Task<PipelineReading> Ask()
    {
        lock (_gate)
        {
            if (_newest is null || clock.GetElapsedTime(_askedAt) >= MaxAge)
            {
                _askedAt = clock.GetTimestamp();
                _newest = ReadAsync(clock.GetUtcNow());
            }
            return _newest;
        }
    }

    private async Task<PipelineReading> ReadAsync(DateTimeOffset now)
    {
        var (reading, problem) = await TryReadAsync(now);
        reading ??= new PipelineReading(now, problem, [], [], []);
        Volatile.Write(ref _last, reading);
        return reading;
    }

    private async Task<(PipelineReading? Reading, string? Problem)> TryReadAsync(DateTimeOffset now)
    {
        // A question that hangs is not asked again until it comes back.
        if (Volatile.Read(ref _isAsking))
        {
            return (null, "The control database has not answered for a while.");
        }
        try
        {
            return (await clock.RunAsync(TimeLimit, token => AskAsync(now, token), CancellationToken.None), null);
        }
        catch (SideException error)
        {
            return (null, Redaction.Clean(error.Message));
        }
        catch (TimeoutException)
        {
            return (null, "The control database does not answer in time.");
        }
        catch (ObjectDisposedException)
        {
            return (null, "The server is being stopped.");
        }
    }

    private async ValueTask<PipelineReading> AskAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _isAsking, true);
        try
        {
            var pipelines = await home.Pipelines.StatusAsync(null, cancellationToken);
            var backlog = await home.Queue.BacklogAsync(cancellationToken);
            var nodes = await home.Nodes.ListAsync(cancellationToken);
            return new PipelineReading(now, null, pipelines, backlog, nodes);
        }
        finally
        {
            Volatile.Write(ref _isAsking, false);
        }
    }
}
