using TrueUp.Cli.Composition;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Remote;
using TrueUp.Store;

namespace TrueUp.Cli.Commands;

/// <summary>A command that works on what earlier runs left in the home; some can ask a server instead.</summary>
internal abstract class LookupCommand(CommandRunner runner, string path, string description)
    : TrueUpCommand(runner, path, description)
{
    /// <summary>
    /// What a server is asked instead, or null for a command that only looks into a home. Those that can ask add
    /// <see cref="ServerOptions"/> to their options.
    /// </summary>
    protected virtual Func<ServerClient, Invocation, CancellationToken, Task<CommandOutcome>>? Ask => null;

    /// <inheritdoc />
    public sealed override async Task<CommandOutcome> ExecuteAsync(
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        if (Ask is { } ask && ServerOptions.UrlOf(invocation) is not null)
        {
            using var client = ServerClient.Of(invocation);
            return await ask(client, invocation, cancellationToken);
        }
        await using var home = Session.Look(invocation);
        return home is null
            ? CommandOutcome.Failed(
                ExitCodes.Usage,
                new ErrorBody(
                    "home_missing",
                    $"There is nothing of TrueUp in {invocation.Home}.",
                    "Run a pipeline first, or name its folder with --home."
                )
            )
            : await LookAsync(home, invocation, cancellationToken);
    }

    /// <summary>Does what it is for.</summary>
    protected abstract Task<CommandOutcome> LookAsync(
        TrueUpHome home,
        Invocation invocation,
        CancellationToken cancellationToken
    );
}
