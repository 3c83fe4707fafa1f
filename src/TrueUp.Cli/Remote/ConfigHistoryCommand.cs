using System.CommandLine;
using TrueUp.Cli.Commands;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Remote;

/// <summary>Lists changes of the configuration.</summary>
internal sealed class ConfigHistoryCommand : RemoteCommand
{
    private readonly Option<string?> _key = new("--key") { Description = "Only of this key", HelpName = "KEY" };
    private readonly Option<string?> _after = FilterOptions.After();

    /// <param name="runner">Runs it.</param>
    public ConfigHistoryCommand(CommandRunner runner)
        : base(runner, "config history", "List changes of the configuration, with who made them")
    {
        Add(_key);
        Add(_after);
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples => ["trueup config history --key recovery.enabled"];

    /// <inheritdoc />
    protected override Task<CommandOutcome> AskAsync(
        ServerClient client,
        Invocation invocation,
        CancellationToken cancellationToken
    ) =>
        RemoteListing.AskAsync(
            client,
            "config/history" + ServerClient.Query(("key", invocation.Get(_key)), ("after", invocation.Get(_after))),
            "change",
            [
                ("id", "id"),
                ("key", "key"),
                ("from", "old_value"),
                ("to", "new_value"),
                ("by", "changed_by"),
                ("when", "changed_at"),
                ("note", "note"),
            ],
            cancellationToken
        );
}
