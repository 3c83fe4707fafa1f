using System.CommandLine;
using TrueUp.Cli.Commands;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Remote;

/// <summary>Lists keys.</summary>
internal sealed class KeyListCommand : RemoteCommand
{
    private readonly Option<string?> _after = FilterOptions.After();

    /// <param name="runner">Runs it.</param>
    public KeyListCommand(CommandRunner runner)
        : base(runner, "key list", "List keys, without what it takes to use them") => Add(_after);

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples => ["trueup key list"];

    /// <inheritdoc />
    protected override Task<CommandOutcome> AskAsync(
        ServerClient client,
        Invocation invocation,
        CancellationToken cancellationToken
    ) =>
        RemoteListing.AskAsync(
            client,
            "keys" + ServerClient.Query(("after", invocation.Get(_after))),
            "key",
            [
                ("id", "id"),
                ("name", "name"),
                ("role", "role"),
                ("state", "state"),
                ("begins with", "prefix"),
                ("created", "created_at"),
                ("expires", "expires_at"),
                ("last used", "last_used_at"),
            ],
            cancellationToken
        );
}
