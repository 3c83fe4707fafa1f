using System.CommandLine;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Results;
using TrueUp.Proofs.Receipts;
using TrueUp.Store.Receipts;

namespace TrueUp.Cli.Commands;

/// <summary>Checks a receipt without touching any store.</summary>
internal sealed class ReceiptCheckCommand : TrueUpCommand
{
    private readonly Argument<string> _receipt = new("RUN|FILE")
    {
        Description = "A run's identifier, `last`, or the receipt's file",
    };

    private readonly Option<string[]> _keys = new("--key")
    {
        Description = "A public key (PEM) to trust beside those of the home",
    };

    /// <param name="runner">Runs it.</param>
    public ReceiptCheckCommand(CommandRunner runner)
        : base(runner, "receipt check", "Check that a receipt is whole, unaltered and signed")
    {
        Add(_receipt);
        Add(_keys);
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples =>
        ["trueup receipt check last", "trueup receipt check receipt.json --key their.pub"];

    /// <inheritdoc />
    public override async Task<CommandOutcome> ExecuteAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var wanted = invocation.Get(_receipt);
        if (await ReceiptFiles.FindAsync(wanted, invocation, cancellationToken) is not { } file)
        {
            return ReceiptFiles.Missing(wanted);
        }
        var trusted = new List<ReceiptKey>(new ReceiptKeys(Path.Combine(invocation.Home, "keys")).Trusted());
        try
        {
            foreach (var path in invocation.Get(_keys) ?? [])
            {
                trusted.Add(ReceiptKey.FromPem(await File.ReadAllTextAsync(path, cancellationToken)));
            }
            var findings = ReceiptInspection.Check(file, trusted);
            return findings.Count == 0
                ? CommandOutcome.Done(
                    $"Receipt {file} holds.",
                    new ReceiptCheckResult(file, true),
                    CliJson.Shared.ReceiptCheckResult,
                    _ => { }
                )
                : CommandOutcome.Failed(
                    ExitCodes.NotProven,
                    new ErrorBody(
                        findings[0].Code,
                        $"Receipt {file} does not hold: {findings[0].Message}",
                        findings[0].Suggestion
                    )
                    {
                        Findings = [.. FindingBody.OfAll(findings)],
                    }
                );
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
        {
            return CommandOutcome.Failed(
                ExitCodes.Usage,
                new ErrorBody("key_unreadable", error.Message, "Name a public key in PEM with --key.")
            );
        }
        finally
        {
            trusted.ForEach(k => k.Dispose());
        }
    }
}
