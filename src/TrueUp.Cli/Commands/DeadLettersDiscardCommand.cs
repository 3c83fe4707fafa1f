using System.CommandLine;
using System.Globalization;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Results;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Cli.Commands;

/// <summary>Gives dead letters up.</summary>
internal sealed class DeadLettersDiscardCommand : LookupCommand
{
    private readonly Argument<long[]> _ids = new("ID")
    {
        Description = "The letters' numbers",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string> _reason = new("--reason")
    {
        Description = "Why; it is kept with the letter",
        HelpName = "TEXT",
        Required = true,
    };

    /// <param name="runner">Runs it.</param>
    public DeadLettersDiscardCommand(CommandRunner runner)
        : base(
            runner,
            "dead-letters discard",
            "Give dead letters up; a letter comes back when its record changes and fails again"
        )
    {
        Add(_ids);
        Add(_reason);
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples => ["trueup dead-letters discard 17 18 --reason \"test records\""];

    /// <inheritdoc />
    protected override async Task<CommandOutcome> LookAsync(
        TrueUpHome home,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var ids = invocation.Get(_ids).Distinct().ToList();
        foreach (var id in ids)
        {
            if (await DeadLetterLookup.FindAsync(home, id, cancellationToken) is null)
            {
                return DeadLetterLookup.Missing(id);
            }
        }
        var discarded = new List<long>();
        foreach (var id in ids)
        {
            if (
                await home.DeadLetters.DiscardAsync(
                    id,
                    invocation.Get(_reason)!,
                    Environment.UserName,
                    cancellationToken
                )
            )
            {
                discarded.Add(id);
            }
        }
        var settled = ids.Count - discarded.Count;
        var summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{discarded.Count} discarded, {settled} were settled already."
        );
        return CommandOutcome.Done(
            summary,
            new DiscardResult(discarded, [.. ids.Except(discarded)]),
            CliJson.Shared.DiscardResult
        );
    }
}
