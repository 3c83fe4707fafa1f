using System.CommandLine;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Remote;

/// <summary>Puts back what was before a change.</summary>
internal sealed class ConfigRevertCommand : RemoteCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "The change, as `config history` names it" };

    /// <param name="runner">Runs it.</param>
    public ConfigRevertCommand(CommandRunner runner)
        : base(runner, "config revert", "Put back what was before a change") => Add(_id);

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples => ["trueup config revert 17"];

    /// <inheritdoc />
    protected override async Task<CommandOutcome> AskAsync(
        ServerClient client,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var id = invocation.Get(_id);
        var result = await client.SendAsync(
            HttpMethod.Post,
            $"config/history/{ServerClient.Segment(id)}/revert",
            null,
            cancellationToken
        );
        return new CommandOutcome(ExitCodes.Success, $"Change {id} is taken back.") { Result = result };
    }
}
