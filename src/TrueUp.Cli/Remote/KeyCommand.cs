using System.CommandLine;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Remote;

/// <summary>The keys of a server.</summary>
internal sealed class KeyCommand : Command
{
    /// <param name="runner">Runs its commands.</param>
    public KeyCommand(CommandRunner runner)
        : base("key", "Make, list, replace and revoke the keys by which programs use a server")
    {
        Add(new KeyCreateCommand(runner));
        Add(new KeyListCommand(runner));
        Add(new KeyRotateCommand(runner));
        Add(new KeyRevokeCommand(runner));
    }
}
