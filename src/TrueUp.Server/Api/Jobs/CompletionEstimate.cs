namespace TrueUp.Server.Api.Jobs;

/// <summary>When jobs that wait will have ended: each place takes the next job as soon as it is free.</summary>
internal sealed class CompletionEstimate
{
    private readonly PriorityQueue<double, double> _free = new();

    /// <param name="running">Seconds each running job still takes.</param>
    /// <param name="places">Jobs that run at the same time, from 1; as many as run already at least.</param>
    public CompletionEstimate(IReadOnlyList<double> running, int places)
    {
        for (var place = 0; place < Math.Max(places, running.Count); place++)
        {
            var at = place < running.Count ? running[place] : 0;
            _free.Enqueue(at, at);
        }
    }

    /// <summary>Seconds until the end of a job if it were the next; it takes no place.</summary>
    /// <param name="delay">Seconds until it may begin.</param>
    /// <param name="duration">Seconds it takes.</param>
    public double EndOf(double delay, double duration) => Math.Max(_free.Peek(), delay) + duration;

    /// <summary>The next job takes the place that is free first.</summary>
    /// <param name="duration">Seconds it takes.</param>
    public void Take(double duration)
    {
        var at = _free.Dequeue() + duration;
        _free.Enqueue(at, at);
    }
}
