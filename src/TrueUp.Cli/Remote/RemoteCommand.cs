using TrueUp.Cli.Commands;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Remote;

/// <summary>A command that is a request to a server.</summary>
internal abstract class RemoteCommand : TrueUpCommand
{
    /// <param name="runner">Runs it.</param>
    /// <param name="path">Its name with those of its parents.</param>
    /// <param name="description">What it does.</param>
    protected RemoteCommand(CommandRunner runner, string path, string description)
        : base(runner, path, description)
    {
        Add(ServerOptions.Server);
        Add(ServerOptions.KeyFile);
    }

    /// <inheritdoc />
    public sealed override async Task<CommandOutcome> ExecuteAsync(
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        using var client = ServerClient.Of(invocation);
        return await AskAsync(client, invocation, cancellationToken);
    }

    /// <summary>Asks the server, and says what it answered.</summary>
    protected abstract Task<CommandOutcome> AskAsync(
        ServerClient client,
        Invocation invocation,
        CancellationToken cancellationToken
    );
}
