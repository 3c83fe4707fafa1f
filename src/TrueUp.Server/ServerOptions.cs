using TrueUp.Server.Logs;
using TrueUp.Sides;

namespace TrueUp.Server;

/// <summary>
/// What starts a server: what the command line says. What may change while it runs is in its settings.
/// </summary>
public sealed record ServerOptions
{
    /// <summary>The home folder: keys, receipts, logs, and the control database if it is no other.</summary>
    public required string Home { get; init; }

    /// <summary>The file with the settings; it need not exist.</summary>
    public required string SettingsFile { get; init; }

    /// <summary>The folder of pipeline files, or null to take it from the settings.</summary>
    public string? Pipelines { get; init; }

    /// <summary>Where to listen, or null to take it from the settings.</summary>
    public string? Urls { get; init; }

    /// <summary>
    /// The control database: Npgsql keywords or a <c>postgres://</c> URL; null to take it from the settings, which
    /// default to a file in the home.
    /// </summary>
    public string? ControlDatabase { get; init; }

    /// <summary>This server's name, or null for the machine's with the process's number.</summary>
    public string? Node { get; init; }

    /// <summary>The stores pipelines can reach.</summary>
    public required ConnectorRegistry Connectors { get; init; }

    /// <summary>The program's version.</summary>
    public required string Version { get; init; }

    /// <summary>Where the log is shown while the server runs, or null for nowhere but its files.</summary>
    public TextWriter? Console { get; init; }

    /// <summary>How it is shown there.</summary>
    public ConsoleStyle ConsoleStyle { get; init; } = ConsoleStyle.Plain;

    /// <summary>The time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Gives the value of an environment variable, or null.</summary>
    public Func<string, string?> EnvironmentVariable { get; init; } = Environment.GetEnvironmentVariable;
}
