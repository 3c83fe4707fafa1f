using System.Globalization;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Cli.Commands;

/// <summary>Finds a dead letter by its number.</summary>
internal static class DeadLetterLookup
{
    /// <summary>The letter with its record, or null.</summary>
    public static async Task<DeadLetterEntry?> FindAsync(TrueUpHome home, long id, CancellationToken cancellationToken)
    {
        if (id is < 1 or long.MaxValue)
        {
            return null;
        }
        // Letters are listed downwards, so the one after the next higher number is this one, if it exists.
        var page = await home.DeadLetters.ListAsync(
            new DeadLetterQuery
            {
                WithRaw = true,
                Limit = 1,
                After = (id + 1).ToString(CultureInfo.InvariantCulture),
            },
            cancellationToken
        );
        return page.Items.FirstOrDefault(l => l.Id == id);
    }

    /// <summary>How a command ends that was given no letter.</summary>
    public static CommandOutcome Missing(long id) =>
        CommandOutcome.Failed(
            ExitCodes.Usage,
            new ErrorBody(
                "dead_letter_missing",
                string.Create(CultureInfo.InvariantCulture, $"There is no dead letter {id}."),
                "List them with `trueup dead-letters list --all`."
            )
        );
}
