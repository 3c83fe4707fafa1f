using Microsoft.Extensions.Hosting;
using TrueUp.Server.Queue;

namespace TrueUp.Server.Health;

/// <summary>
/// Whether the process is of any use, or should be started again: its dispatcher's loop goes round. Stores that are
/// away are no reason.
/// </summary>
internal sealed class Liveness(DispatcherState dispatcher, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    /// <summary>How long the loop may take: longer than any store may keep it waiting.</summary>
    public static readonly TimeSpan TurnMax = TimeSpan.FromMinutes(2);

    private readonly long _started = clock.GetTimestamp();

    /// <summary>What is wrong, or null.</summary>
    public string? Problem()
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // What still runs may take the grace time; nothing is to be claimed any more.
            return null;
        }
        var last = dispatcher.LastTick == 0 ? _started : dispatcher.LastTick;
        var age = clock.GetElapsedTime(last);
        return age > TurnMax ? $"The dispatcher has stood still for {age.TotalSeconds:0} seconds." : null;
    }
}
