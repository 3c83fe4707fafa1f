using System.CommandLine;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Remote;

/// <summary>Lists what is in force, and where it comes from.</summary>
internal sealed class ConfigListCommand : RemoteCommand
{
    private readonly Argument<string?> _prefix = new("PREFIX")
    {
        Description = "Only keys that begin so: `recovery`",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <param name="runner">Runs it.</param>
    public ConfigListCommand(CommandRunner runner)
        : base(runner, "config list", "List what is in force, and where each value comes from") => Add(_prefix);

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples => ["trueup config list", "trueup config list recovery"];

    /// <inheritdoc />
    protected override async Task<CommandOutcome> AskAsync(
        ServerClient client,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var result = await client.GetAsync("config", cancellationToken);
        var prefix = invocation.Parsed.GetValue(_prefix) ?? "";
        var values = result
            .GetProperty("values")
            .EnumerateArray()
            .Where(value => value.Field("key").StartsWith(prefix, StringComparison.Ordinal))
            .ToList();
        return new CommandOutcome(ExitCodes.Success, $"{values.Count} keys.")
        {
            Result = result,
            Details = screen =>
                screen.Table(
                    ["key", "value", "from", "changed by", "changed"],
                    values.Select(value =>
                        (IReadOnlyList<string>)
                            [
                                value.Field("key"),
                                value.Field("value"),
                                value.Field("origin"),
                                value.Field("updated_by"),
                                value.Field("updated_at"),
                            ]
                    )
                ),
        };
    }
}
