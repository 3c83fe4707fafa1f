using Microsoft.Extensions.Logging;

namespace TrueUp.Server.Queue;

/// <summary>Events 2000–2099.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "Job {Job} of {Pipeline} claimed, attempt {Attempt}")]
    public static partial void JobClaimed(this ILogger logger, string job, string pipeline, int attempt);

    [LoggerMessage(2001, LogLevel.Warning, "Job {Job} of {Pipeline} is no longer this server's: its run is stopped")]
    public static partial void JobLost(this ILogger logger, string job, string pipeline);

    [LoggerMessage(2002, LogLevel.Error, "Job {Job} of {Pipeline} broke")]
    public static partial void JobBroke(this ILogger logger, string job, string pipeline, Exception error);

    [LoggerMessage(2003, LogLevel.Warning, "Job {Job} of {Pipeline} is left to its lease: {Reason}")]
    public static partial void JobLeft(this ILogger logger, string job, string pipeline, string reason);

    [LoggerMessage(2004, LogLevel.Warning, "{Count} jobs of servers that are gone wait again")]
    public static partial void JobsRecovered(this ILogger logger, int count);

    [LoggerMessage(2005, LogLevel.Error, "The queue cannot be reached: {Reason}")]
    public static partial void QueueAway(this ILogger logger, string reason);

    [LoggerMessage(2006, LogLevel.Information, "The queue can be reached again")]
    public static partial void QueueBack(this ILogger logger);

    [LoggerMessage(2007, LogLevel.Information, "Stopping: {Running} runs have {Grace} to end")]
    public static partial void Draining(this ILogger logger, int running, TimeSpan grace);

    [LoggerMessage(2008, LogLevel.Information, "{Pipeline} is tried again in {Delay}, retry {Retry} of {Max}")]
    public static partial void RetryPlanned(this ILogger logger, string pipeline, TimeSpan delay, int retry, int max);
}
