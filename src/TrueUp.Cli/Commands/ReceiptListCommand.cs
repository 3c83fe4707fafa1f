using System.CommandLine;
using System.Globalization;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Results;
using TrueUp.Store;
using TrueUp.Store.Receipts;

namespace TrueUp.Cli.Commands;

/// <summary>Lists receipts with their places in their chains, and whether they were witnessed.</summary>
internal sealed class ReceiptListCommand : LookupCommand
{
    private readonly Option<string?> _pipeline = FilterOptions.Pipeline();
    private readonly Option<int> _limit = FilterOptions.Limit();
    private readonly Option<string?> _after = FilterOptions.After();

    /// <param name="runner">Runs it.</param>
    public ReceiptListCommand(CommandRunner runner)
        : base(runner, "receipt list", "List receipts, newest run first")
    {
        Add(_pipeline);
        Add(_limit);
        Add(_after);
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples => ["trueup receipt list --pipeline sellers"];

    /// <inheritdoc />
    protected override async Task<CommandOutcome> LookAsync(
        TrueUpHome home,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var page = await home.Receipts.ListAsync(
            invocation.Get(_pipeline),
            invocation.Get(_limit),
            invocation.Get(_after),
            cancellationToken
        );
        return CommandOutcome.Done(
            Listing.Summary(page.Items.Count, "receipt", page.Next),
            new ReceiptsResult(page.Items, page.Next),
            CliJson.Shared.ReceiptsResult,
            screen => screen.Table(["run", "pipeline", "place", "hash", "written", "witnessed"], page.Items.Select(Row))
        );
    }

    private static IReadOnlyList<string> Row(ReceiptEntry receipt) =>
        [
            receipt.RunId,
            receipt.Pipeline,
            receipt.Sequence.ToString(CultureInfo.InvariantCulture),
            receipt.Hash[..12],
            Listing.Time(receipt.CreatedAt),
            receipt.WitnessProblem ?? (receipt.WitnessedAt is { } time ? Listing.Time(time) : ""),
        ];
}
