using Microsoft.Extensions.Logging;

namespace TrueUp.Server.Scheduling;

/// <summary>Events 2100–2199.</summary>
internal static partial class Log
{
    [LoggerMessage(2100, LogLevel.Information, "{Pipeline} is due {Schedule}")]
    public static partial void Scheduled(this ILogger logger, string pipeline, string schedule);

    [LoggerMessage(2101, LogLevel.Warning, "Schedules could not be brought up to date: {Reason}")]
    public static partial void SchedulesNotKept(this ILogger logger, string reason);

    [LoggerMessage(2102, LogLevel.Warning, "The clock was set back, to {Now}: schedules are looked at again")]
    public static partial void ClockSetBack(this ILogger logger, DateTimeOffset now);

    [LoggerMessage(2103, LogLevel.Warning, "Job {Job} is cancelled: its pipeline {Pipeline} is gone")]
    public static partial void WaitingCancelled(this ILogger logger, string job, string pipeline);
}
