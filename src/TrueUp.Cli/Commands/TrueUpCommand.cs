using System.CommandLine;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Commands;

/// <summary>A command that does something (others only have subcommands).</summary>
internal abstract class TrueUpCommand : Command
{
    /// <param name="runner">Runs it.</param>
    /// <param name="path">Its name with those of its parents: <c>dead-letters list</c>.</param>
    /// <param name="description">What it does.</param>
    protected TrueUpCommand(CommandRunner runner, string path, string description)
        : base(path[(path.LastIndexOf(' ') + 1)..], description)
    {
        FullName = path;
        SetAction((parsed, cancellationToken) => runner.RunAsync(this, parsed, cancellationToken));
    }

    /// <summary>Its name with those of its parents, as the JSON envelope says it.</summary>
    public string FullName { get; }

    /// <summary>Command lines for its help text.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    /// <summary>Does what it is for.</summary>
    public abstract Task<CommandOutcome> ExecuteAsync(Invocation invocation, CancellationToken cancellationToken);
}
