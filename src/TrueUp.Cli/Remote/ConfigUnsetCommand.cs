using System.CommandLine;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Remote;

/// <summary>Takes a change back: the file or the default holds again.</summary>
internal sealed class ConfigUnsetCommand : RemoteCommand
{
    private readonly Argument<string> _key = new("KEY") { Description = "Such as recovery.enabled" };

    /// <param name="runner">Runs it.</param>
    public ConfigUnsetCommand(CommandRunner runner)
        : base(runner, "config unset", "Let trueup.yaml or the default hold again") => Add(_key);

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples => ["trueup config unset recovery.enabled"];

    /// <inheritdoc />
    protected override async Task<CommandOutcome> AskAsync(
        ServerClient client,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var key = invocation.Get(_key);
        var result = await client.SendAsync(
            HttpMethod.Delete,
            $"config/{ServerClient.Segment(key)}",
            null,
            cancellationToken
        );
        var now = result.Field("value") is { Length: > 0 } value
            ? $"{key} is {value} again."
            : $"{key} is not set now.";
        return new CommandOutcome(ExitCodes.Success, now) { Result = result };
    }
}
