using System.CommandLine;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Remote;

/// <summary>Refuses a key from now on.</summary>
internal sealed class KeyRevokeCommand : RemoteCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "The key, as `trueup key list` names it" };

    /// <param name="runner">Runs it.</param>
    public KeyRevokeCommand(CommandRunner runner)
        : base(runner, "key revoke", "Refuse a key from now on") => Add(_id);

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples => ["trueup key revoke 01KAJ3T8…"];

    /// <inheritdoc />
    protected override async Task<CommandOutcome> AskAsync(
        ServerClient client,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var id = invocation.Get(_id);
        var result = await client.SendAsync(
            HttpMethod.Delete,
            $"keys/{ServerClient.Segment(id)}",
            null,
            cancellationToken
        );
        return new CommandOutcome(ExitCodes.Success, $"Key {id} is refused from now on.") { Result = result };
    }
}
