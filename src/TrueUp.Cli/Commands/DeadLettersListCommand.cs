using System.CommandLine;
using System.Globalization;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Results;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Cli.Commands;

/// <summary>Lists dead letters.</summary>
internal sealed class DeadLettersListCommand : LookupCommand
{
    private readonly Option<string?> _pipeline = FilterOptions.Pipeline();
    private readonly Option<LetterState?> _state = FilterOptions.Choice<LetterState>(
        "--state",
        "Only in this state (default: pending)"
    );
    private readonly Option<bool> _all = new("--all") { Description = "In every state" };
    private readonly Option<string?> _issue = new("--issue")
    {
        Description = "Only with this kind of trouble: invalid_format, …",
        HelpName = "ISSUE",
    };
    private readonly Option<string?> _key = FilterOptions.Key();
    private readonly Option<int> _limit = FilterOptions.Limit();
    private readonly Option<string?> _after = FilterOptions.After();

    /// <param name="runner">Runs it.</param>
    public DeadLettersListCommand(CommandRunner runner)
        : base(runner, "dead-letters list", "List records that wait in the dead letters")
    {
        foreach (var option in (Option[])[_pipeline, _state, _all, _issue, _key, _limit, _after])
        {
            Add(option);
        }
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples =>
        ["trueup dead-letters list --pipeline sellers", "trueup dead-letters list --issue invalid_format --json"];

    /// <inheritdoc />
    protected override async Task<CommandOutcome> LookAsync(
        TrueUpHome home,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var page = await home.DeadLetters.ListAsync(
            new DeadLetterQuery
            {
                Pipeline = invocation.Get(_pipeline),
                State = invocation.Get(_state) ?? (invocation.Get(_all) ? null : LetterState.Pending),
                Issue = invocation.Get(_issue),
                Key = invocation.Get(_key),
                Limit = invocation.Get(_limit),
                After = invocation.Get(_after),
            },
            cancellationToken
        );
        return CommandOutcome.Done(
            Listing.Summary(page.Items.Count, "dead letter", page.Next),
            new DeadLettersResult(page.Items, page.Next),
            CliJson.Shared.DeadLettersResult,
            screen =>
                screen.Table(
                    ["id", "pipeline", "record", "line", "issue", "column", "reason", "tries", "state"],
                    page.Items.Select(Row)
                )
        );
    }

    private static IReadOnlyList<string> Row(DeadLetterEntry letter) =>
        [
            letter.Id.ToString(CultureInfo.InvariantCulture),
            letter.Unit.Length == 0 ? letter.Pipeline : $"{letter.Pipeline}/{letter.Unit}",
            letter.Key,
            letter.Line == 0 ? "" : letter.Line.ToString(CultureInfo.InvariantCulture),
            letter.Issue,
            letter.Column ?? "",
            letter.Reason,
            letter.Attempts.ToString(CultureInfo.InvariantCulture),
            letter.State.ToString().ToLowerInvariant(),
        ];
}
