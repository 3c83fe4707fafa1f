using System.CommandLine;
using System.Globalization;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Cli.Commands;

/// <summary>Shows a dead letter with its record as the source has it.</summary>
internal sealed class DeadLettersShowCommand : LookupCommand
{
    private readonly Argument<long> _id = new("ID") { Description = "The letter's number" };

    /// <param name="runner">Runs it.</param>
    public DeadLettersShowCommand(CommandRunner runner)
        : base(runner, "dead-letters show", "Show one dead letter with its record as the source has it") => Add(_id);

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples =>
        ["trueup dead-letters show 17", "trueup dead-letters show 17 --json | jq -r .result.raw"];

    /// <inheritdoc />
    protected override async Task<CommandOutcome> LookAsync(
        TrueUpHome home,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var letter = await DeadLetterLookup.FindAsync(home, invocation.Get(_id), cancellationToken);
        return letter is null
            ? DeadLetterLookup.Missing(invocation.Get(_id))
            : CommandOutcome.Done(
                $"{letter.Issue}: {letter.Reason}",
                letter,
                CliJson.Shared.DeadLetterEntry,
                screen => Write(letter, screen)
            );
    }

    private static void Write(DeadLetterEntry letter, Screen screen)
    {
        (string Name, string Value)[] lines =
        [
            ("pipeline", letter.Pipeline),
            ("unit", letter.Unit),
            ("record", letter.Key),
            ("column", letter.Column ?? ""),
            ("line", letter.Line == 0 ? "" : letter.Line.ToString(CultureInfo.InvariantCulture)),
            ("state", letter.State.ToString().ToLowerInvariant()),
            ("tries", letter.Attempts.ToString(CultureInfo.InvariantCulture)),
            ("first seen", Listing.Time(letter.FirstSeen)),
            ("last seen", Listing.Time(letter.LastSeen)),
            ("last run", letter.LastRunId),
            (
                "settled",
                letter.SettledAt is { } at
                    ? $"{Listing.Time(at)} {letter.SettledBy} {letter.SettledReason}".TrimEnd()
                    : ""
            ),
            ("raw", letter.Raw ?? ""),
        ];
        foreach (var (name, value) in lines.Where(l => l.Value.Length > 0))
        {
            screen.Line($"{name, -10} {value}");
        }
    }
}
