using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Results;
using TrueUp.Store;

namespace TrueUp.Cli.Commands;

/// <summary>Makes a new key for receipts.</summary>
internal sealed class ReceiptRotateKeyCommand(CommandRunner runner)
    : LookupCommand(runner, "receipt rotate-key", "Sign receipts with a new key from now on; old ones stay checkable")
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Examples => ["trueup receipt rotate-key"];

    /// <inheritdoc />
    protected override async Task<CommandOutcome> LookAsync(
        TrueUpHome home,
        Invocation invocation,
        CancellationToken cancellationToken
    ) =>
        await home.RotateKeyAsync(cancellationToken) is { } rotation
            ? CommandOutcome.Done(
                $"Key {rotation.To} signs from now on; {rotation.From} vouches for it.",
                new RotateKeyResult(
                    rotation.To,
                    rotation.From,
                    Path.Combine(home.Folder, "keys", $"receipt-{rotation.To}.pub")
                ),
                CliJson.Shared.RotateKeyResult
            )
            : CommandOutcome.Failed(
                ExitCodes.Usage,
                new ErrorBody("key_missing", "There is no key to rotate.", "The first run makes one.")
            );
}
