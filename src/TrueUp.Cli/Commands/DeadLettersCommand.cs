using System.CommandLine;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Commands;

/// <summary>Holds the commands about records that could not be synchronised.</summary>
internal sealed class DeadLettersCommand : Command
{
    /// <param name="runner">Runs its commands.</param>
    public DeadLettersCommand(CommandRunner runner)
        : base("dead-letters", "Records that could not be synchronised")
    {
        Add(new DeadLettersListCommand(runner));
        Add(new DeadLettersShowCommand(runner));
        Add(new DeadLettersRetryCommand(runner));
        Add(new DeadLettersDiscardCommand(runner));
    }
}
