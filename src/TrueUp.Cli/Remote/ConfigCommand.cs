using System.CommandLine;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Remote;

/// <summary>A server's configuration.</summary>
internal sealed class ConfigCommand : Command
{
    /// <param name="runner">Runs its commands.</param>
    public ConfigCommand(CommandRunner runner)
        : base("config", "Show and change a server's configuration while it runs")
    {
        Add(new ConfigListCommand(runner));
        Add(new ConfigSetCommand(runner));
        Add(new ConfigUnsetCommand(runner));
        Add(new ConfigHistoryCommand(runner));
        Add(new ConfigRevertCommand(runner));
    }
}
