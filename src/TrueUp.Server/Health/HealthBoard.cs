using System.Collections.Concurrent;
using TrueUp.Audit;
using TrueUp.Sides;

namespace TrueUp.Server.Health;

/// <summary>
/// Looks at everything at once, each for a limited time, and at most once in <see cref="MaxAge"/>: however many ask,
/// the stores notice little of it. What hangs is not looked at again until it comes back. Safe for use by several
/// threads.
/// </summary>
internal sealed class HealthBoard(IEnumerable<IProbe> probes, ConnectionProbes connections, TimeProvider clock)
{
    /// <summary>How old a report may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    /// <summary>How long each look may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<string, bool> _looking = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private Task<HealthReport>? _newest;
    private long _askedAt;

    /// <summary>A report that is not older than <see cref="MaxAge"/>.</summary>
    public Task<HealthReport> ReportAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_newest is null || clock.GetElapsedTime(_askedAt) >= MaxAge)
            {
                _askedAt = clock.GetTimestamp();
                _newest = LookAsync(clock.GetUtcNow());
            }
            return _newest.WaitAsync(cancellationToken);
        }
    }

    private async Task<HealthReport> LookAsync(DateTimeOffset now)
    {
        var checks = await Task.WhenAll(probes.Concat(connections.Current()).Select(CheckAsync));
        return new HealthReport(now, [.. checks.OrderBy(check => check.Name, StringComparer.Ordinal)]);
    }

    private async Task<CheckReport> CheckAsync(IProbe probe)
    {
        var start = clock.GetTimestamp();
        var result = await TryAsync(probe);
        return new CheckReport(probe.Name, result, clock.GetElapsedTime(start), probe.IsVital);
    }

    private async Task<ProbeResult> TryAsync(IProbe probe)
    {
        if (!_looking.TryAdd(probe.Name, true))
        {
            return ProbeResult.Unhealthy("It has not answered for a while.");
        }
        try
        {
            return await clock.RunAsync(Limit, token => LookAsync(probe, token), CancellationToken.None);
        }
        catch (TimeoutException)
        {
            return ProbeResult.Unhealthy($"It did not answer within {Limit.TotalSeconds:0} seconds.");
        }
        catch (SideException error)
        {
            return ProbeResult.Unhealthy(Redaction.Clean(error.Message));
        }
        catch (Exception error)
        {
            // Whatever is wrong with what was looked at: the report itself has to come.
            return ProbeResult.Unhealthy($"The check failed with {error.GetType().Name}.");
        }
    }

    private async ValueTask<ProbeResult> LookAsync(IProbe probe, CancellationToken cancellationToken)
    {
        try
        {
            return await probe.CheckAsync(cancellationToken);
        }
        finally
        {
            _looking.TryRemove(probe.Name, out _);
        }
    }
}
