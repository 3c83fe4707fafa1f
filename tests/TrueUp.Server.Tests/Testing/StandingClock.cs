using System.Threading.Channels;

namespace TrueUp.Server.Tests.Testing;

/// <summary>
/// A clock that stands still; what waits for it goes on when the test says so, one wait after the other.
/// </summary>
internal sealed class StandingClock : TimeProvider
{
    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Waiting(dueTime, () => callback(state));
        _waiting.Writer.TryWrite(timer);
        return timer;
    }

    /// <summary>Ends the next wait that nobody gave up.</summary>
    /// <returns>How long it was to be.</returns>
    public async Task<TimeSpan> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var waiting = await _waiting.Reader.ReadAsync(cancellationToken);
            if (waiting.TryFire())
            {
                return waiting.Time;
            }
        }
    }

    private sealed class Waiting(TimeSpan time, Action fire) : ITimer
    {
        private bool _isGivenUp;

        public TimeSpan Time => time;

        public bool TryFire()
        {
            if (_isGivenUp)
            {
                return false;
            }
            fire();
            return true;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => _isGivenUp = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
