using TrueUp.Cli.Composition;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Commands;

/// <summary>Finds the receipt a command line means.</summary>
internal static class ReceiptFiles
{
    /// <summary>The file of a receipt named by its file, its run, or <c>last</c>; null when there is none.</summary>
    public static async Task<string?> FindAsync(
        string wanted,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var file = File.Exists(wanted)
            ? Path.GetFullPath(wanted)
            : await OfRunAsync(wanted, invocation, cancellationToken);
        return file is not null && File.Exists(file) ? file : null;
    }

    /// <summary>What is said when there is none.</summary>
    public static CommandOutcome Missing(string wanted) =>
        CommandOutcome.Failed(
            ExitCodes.Usage,
            new Output.ErrorBody(
                "receipt_missing",
                $"There is no receipt of {wanted}.",
                "Every run but a dry one leaves a receipt; list runs with `trueup runs`."
            )
        );

    private static async Task<string?> OfRunAsync(
        string run,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        await using var home = Session.Look(invocation);
        if (home is null || await Listing.RunIdAsync(home, run, cancellationToken) is not { } id)
        {
            return null;
        }
        var receipt = await home.Receipts.OfRunAsync(id, cancellationToken);
        return receipt is null ? null : Path.Combine(home.Folder, receipt.Path);
    }
}
