using System.Diagnostics.Metrics;
using TrueUp.Server.Queue;
using TrueUp.Server.Settings;

namespace TrueUp.Server.Metrics;

/// <summary>How much is taken of what this server has a limited number of: places for runs, and threads.</summary>
internal sealed class PoolGauges
{
    private readonly DispatcherState _dispatcher;
    private readonly SettingsBoard _settings;

    public PoolGauges(ServerMeter meter, DispatcherState dispatcher, SettingsBoard settings)
    {
        (_dispatcher, _settings) = (dispatcher, settings);
        meter.Gauge("sync_pool_used", "How much of a pool of this server is taken.", Used);
        meter.Gauge("sync_pool_size", "How much a pool of this server has at most.", Size);
    }

    private IEnumerable<Measurement<double>> Used()
    {
        ThreadPool.GetMaxThreads(out var max, out _);
        ThreadPool.GetAvailableThreads(out var free, out _);
        return [Of("runs", _dispatcher.Running), Of("threads", max - free)];
    }

    private IEnumerable<Measurement<double>> Size()
    {
        ThreadPool.GetMaxThreads(out var max, out _);
        return [Of("runs", _settings.Current.Concurrency.Server), Of("threads", max)];
    }

    private static Measurement<double> Of(string pool, double value) => ServerMeter.Of(value, ("pool", pool));
}
