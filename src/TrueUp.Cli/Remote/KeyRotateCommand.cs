using System.CommandLine;
using System.Text.Json.Nodes;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Remote;

/// <summary>Replaces a key.</summary>
internal sealed class KeyRotateCommand : RemoteCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "The key, as `trueup key list` names it" };
    private readonly Option<int> _grace = new("--grace-minutes")
    {
        Description = "How long the old one still works",
        HelpName = "N",
        DefaultValueFactory = _ => 60,
    };

    /// <param name="runner">Runs it.</param>
    public KeyRotateCommand(CommandRunner runner)
        : base(runner, "key rotate", "Make a key that replaces another, and print it, this once")
    {
        Add(_id);
        Add(_grace);
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples => ["trueup key rotate 01KAJ3T8… --grace-minutes 30"];

    /// <inheritdoc />
    protected override async Task<CommandOutcome> AskAsync(
        ServerClient client,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var result = await client.SendAsync(
            HttpMethod.Post,
            $"keys/{ServerClient.Segment(invocation.Get(_id))}/rotate",
            new JsonObject { ["grace_minutes"] = invocation.Get(_grace) },
            cancellationToken
        );
        var key = result.Field("key");
        return new CommandOutcome(ExitCodes.Success, "Keep it safe: it is not shown again.")
        {
            Result = result,
            Details = screen => screen.Line(key),
        };
    }
}
