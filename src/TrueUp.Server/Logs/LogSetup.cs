using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrueUp.Server.Settings;
using TrueUp.Store;

namespace TrueUp.Server.Logs;

/// <summary>The program's log.</summary>
internal static class LogSetup
{
    /// <summary>Replaces every other log by ours.</summary>
    public static void AddLogs(this WebApplicationBuilder builder)
    {
        // What is written is decided by the settings, entry by entry.
        builder
            .Logging.ClearProviders()
            .SetMinimumLevel(LogLevel.Trace)
            // It warns that session keys are not encrypted: they lie in the home, with mode 600, as all keys do.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.AddSingleton<ILoggerProvider>(services => new ServerLogs(
            services.GetRequiredService<TrueUpHome>().Logs,
            services.GetRequiredService<ServerOptions>(),
            services.GetRequiredService<SettingsBoard>()
        ));
    }
}
