using System.CommandLine;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Results;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Cli.Commands;

/// <summary>Shows everything the audit has on one run.</summary>
internal sealed class RunsShowCommand : LookupCommand
{
    private readonly Argument<string> _run = new("RUN") { Description = "The run's identifier, or `last`" };

    /// <param name="runner">Runs it.</param>
    public RunsShowCommand(CommandRunner runner)
        : base(runner, "runs show", "Show one run: its proof, recoveries and differences") => Add(_run);

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples => ["trueup runs show last", "trueup runs show last --json"];

    /// <inheritdoc />
    protected override async Task<CommandOutcome> LookAsync(
        TrueUpHome home,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var run = invocation.Get(_run);
        var id = await Listing.RunIdAsync(home, run, cancellationToken);
        if (id is null || await home.Runs.GetAsync(id, cancellationToken) is not { } details)
        {
            return Listing.NoRun(run);
        }
        var receipt = await home.Receipts.OfRunAsync(id, cancellationToken);
        var result = RunShowResult.Of(details, receipt is null ? null : Path.Combine(home.Folder, receipt.Path));
        return CommandOutcome.Done(
            $"{result.Run.Pipeline}: {FilterOptions.SnakeCase(result.Run.Status.ToString())}.",
            result,
            CliJson.Shared.RunShowResult,
            screen => RunDetailsReport.Write(result, screen)
        );
    }
}
