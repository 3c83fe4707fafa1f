using System.CommandLine;
using System.Text.Json.Nodes;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Remote;

/// <summary>Pauses a pipeline or lets it go on.</summary>
internal sealed class SwitchCommand : RemoteCommand
{
    private readonly Argument<string> _pipeline = new("PIPELINE") { Description = "The pipeline's name" };
    private readonly Option<string?> _note = new("--note") { Description = "Why, for others", HelpName = "TEXT" };
    private readonly bool _pauses;

    private SwitchCommand(CommandRunner runner, string name, string description, bool pauses)
        : base(runner, name, description)
    {
        _pauses = pauses;
        Add(_pipeline);
        if (pauses)
        {
            Add(_note);
        }
    }

    /// <summary><c>trueup pause</c>.</summary>
    public static SwitchCommand Pause(CommandRunner runner) =>
        new(runner, "pause", "Let nothing of a pipeline begin until it is resumed", pauses: true);

    /// <summary><c>trueup resume</c>.</summary>
    public static SwitchCommand Resume(CommandRunner runner) =>
        new(runner, "resume", "Let a paused pipeline go on", pauses: false);

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples =>
        _pauses ? ["trueup pause sellers --note \"the sheet is being reworked\""] : ["trueup resume sellers"];

    /// <inheritdoc />
    protected override async Task<CommandOutcome> AskAsync(
        ServerClient client,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var pipeline = invocation.Get(_pipeline);
        var answer = await client.SendAsync(
            HttpMethod.Post,
            $"pipelines/{ServerClient.Segment(pipeline)}/{Name}",
            _pauses ? new JsonObject { ["note"] = invocation.Get(_note) } : null,
            cancellationToken
        );
        return new CommandOutcome(ExitCodes.Success, $"{pipeline}: {(_pauses ? "paused" : "resumed")}.")
        {
            Result = answer,
        };
    }
}
