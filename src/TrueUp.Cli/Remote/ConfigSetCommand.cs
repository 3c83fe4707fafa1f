using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Remote;

/// <summary>Changes a value.</summary>
internal sealed class ConfigSetCommand : RemoteCommand
{
    private readonly Argument<string> _key = new("KEY") { Description = "Such as recovery.enabled" };
    private readonly Argument<string> _value = new("VALUE") { Description = "As in trueup.yaml: true, 5, 20s, text" };
    private readonly Option<string?> _note = new("--note") { Description = "Why, for the history", HelpName = "TEXT" };

    /// <param name="runner">Runs it.</param>
    public ConfigSetCommand(CommandRunner runner)
        : base(runner, "config set", "Change a value; it is in force at once, on all servers")
    {
        Add(_key);
        Add(_value);
        Add(_note);
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples =>
        [
            "trueup config set recovery.enabled false --note \"the source is being moved\"",
            "trueup config set intervals.sellers 15",
        ];

    /// <inheritdoc />
    protected override async Task<CommandOutcome> AskAsync(
        ServerClient client,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var key = invocation.Get(_key);
        var body = new JsonObject { ["value"] = ValueOf(invocation.Get(_value)) };
        if (invocation.Get(_note) is { } note)
        {
            body["note"] = note;
        }
        var result = await client.SendAsync(
            HttpMethod.Put,
            $"config/{ServerClient.Segment(key)}",
            body,
            cancellationToken
        );
        return new CommandOutcome(ExitCodes.Success, $"{key} is {result.Field("value")} now.") { Result = result };
    }

    /// <summary>What reads as JSON is that, everything else a text.</summary>
    private static JsonNode? ValueOf(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
