using System.Globalization;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Cli.Commands;

/// <summary>What lists have in common.</summary>
internal static class Listing
{
    /// <summary>How many there are, and how to see the others.</summary>
    public static string Summary(int count, string noun, string? next)
    {
        var said = count == 1 ? $"1 {noun}" : string.Create(CultureInfo.InvariantCulture, $"{count} {noun}s");
        return next is null ? $"{said}." : $"{said}; there are more: --after {next}";
    }

    /// <summary>A time for people: UTC, to the second.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The identifier that is meant: <c>last</c> is the newest run.</summary>
    public static async Task<string?> RunIdAsync(TrueUpHome home, string run, CancellationToken cancellationToken)
    {
        if (run != "last")
        {
            return run;
        }
        var newest = await home.Runs.ListAsync(new RunQuery { Limit = 1 }, cancellationToken);
        return newest.Items.Count == 0 ? null : newest.Items[0].RunId;
    }

    /// <summary>How a command ends that was given no run.</summary>
    public static CommandOutcome NoRun(string run) =>
        CommandOutcome.Failed(
            ExitCodes.Usage,
            new ErrorBody("run_missing", $"There is no run {run}.", "List them with `trueup runs`.")
        );
}
