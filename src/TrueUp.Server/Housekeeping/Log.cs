using Microsoft.Extensions.Logging;

namespace TrueUp.Server.Housekeeping;

/// <summary>Events 2200–2299.</summary>
internal static partial class Log
{
    [LoggerMessage(
        2200,
        LogLevel.Information,
        "{Runs} old runs archived, {Metrics} metrics summed up, {Alerts} alerts settled"
    )]
    public static partial void Kept(this ILogger logger, long runs, long metrics, long alerts);

    [LoggerMessage(2201, LogLevel.Warning, "Retention and summaries have to wait: {Reason}")]
    public static partial void NotKept(this ILogger logger, string reason);
}
