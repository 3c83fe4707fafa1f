using Microsoft.Extensions.Logging;

namespace TrueUp.Server.Settings;

internal sealed partial class Configuration
{
    [LoggerMessage(3001, LogLevel.Information, "Setting {Key} was changed from {Old} to {New} by {Actor}.")]
    private partial void LogChanged(string key, string? old, string? @new, string actor);

    [LoggerMessage(
        3002,
        LogLevel.Error,
        "The settings in line {Line} are not used: {Problem} {Suggestion} The last good ones stay in force."
    )]
    private partial void LogBroken(int? line, string problem, string suggestion);

    [LoggerMessage(3003, LogLevel.Error, "{Problem} The last good settings stay in force.")]
    private partial void LogUnreadable(string problem);

    [LoggerMessage(3004, LogLevel.Warning, "The value of {Key} in the control database is not used: {Problem}")]
    private partial void LogIgnored(string key, string problem);
}
