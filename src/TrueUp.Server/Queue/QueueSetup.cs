using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TrueUp.Server.Queue;

/// <summary>The queue: claims jobs and runs them.</summary>
internal static class QueueSetup
{
    public static IServiceCollection AddQueue(this IServiceCollection services) =>
        services
            // The dispatcher's own grace time is the shorter one; this only keeps the host from cutting it short.
            .Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromHours(1))
            .AddSingleton<ServerNode>()
            .AddSingleton<DispatcherState>()
            .AddSingleton<JobRunner>()
            .AddHostedService<Dispatcher>();
}
