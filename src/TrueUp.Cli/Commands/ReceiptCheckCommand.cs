using System.CommandLine;
using TrueUp.Cli.Composition;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Results;
using TrueUp.Pipelines;
using TrueUp.Proofs.Receipts;
using TrueUp.Store.Receipts;

namespace TrueUp.Cli.Commands;

/// <summary>Checks a receipt, without touching any store unless it is asked to.</summary>
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

    private readonly Option<bool> _live = new("--live")
    {
        Description = "Compare both sides again with a new seed: does what it claims hold now?",
    };

    private readonly Option<string?> _pipeline = new("--pipeline")
    {
        Description = "With --live, the pipeline file; by default the one the run used",
        HelpName = "FILE",
    };

    private readonly Option<string?> _witness = new("--witness")
    {
        Description = "A witness's file: check the whole chain in the receipt's folder against it",
        HelpName = "PATH",
    };

    /// <param name="runner">Runs it.</param>
    public ReceiptCheckCommand(CommandRunner runner)
        : base(runner, "receipt check", "Check that a receipt is whole, unaltered, signed and in its place")
    {
        Add(_receipt);
        Add(_keys);
        Add(_live);
        Add(_pipeline);
        Add(_witness);
        Validators.Add(result =>
        {
            if (result.GetValue(_pipeline) is not null && !result.GetValue(_live))
            {
                result.AddError("--pipeline is for --live: without it no store is asked.");
            }
        });
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples =>
        [
            "trueup receipt check last",
            "trueup receipt check last --live",
            "trueup receipt check last --witness /mnt/worm/trueup.jsonl",
            "trueup receipt check receipt.json --key their.pub",
        ];

    /// <inheritdoc />
    public override async Task<CommandOutcome> ExecuteAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var wanted = invocation.Get(_receipt);
        if (await ReceiptFiles.FindAsync(wanted, invocation, cancellationToken) is not { } file)
        {
            return ReceiptFiles.Missing(wanted);
        }
        var trusted = new List<ReceiptKey>(new ReceiptKeys(Path.Combine(invocation.Home, "keys")).Trusted());
        IReadOnlyList<Finding> findings;
        try
        {
            foreach (var path in invocation.Get(_keys) ?? [])
            {
                trusted.Add(ReceiptKey.FromPem(await File.ReadAllTextAsync(path, cancellationToken)));
            }
            findings = invocation.Get(_witness) is { } witness
                ? ReceiptInspection.CheckChain(file, witness, trusted)
                : ReceiptInspection.Check(file, trusted);
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
        {
            return CommandOutcome.Failed(
                ExitCodes.Usage,
                new ErrorBody(
                    error is FormatException ? "key_unreadable" : "file_unreadable",
                    error.Message,
                    "Name a public key in PEM with --key, and a witness's file with --witness."
                )
            );
        }
        finally
        {
            trusted.ForEach(k => k.Dispose());
        }
        if (findings.Count > 0)
        {
            return Rejected(file, findings);
        }
        return invocation.Get(_live)
            ? await LiveReceipts.CheckAsync(file, invocation.Get(_pipeline), invocation, cancellationToken)
            : CommandOutcome.Done(
                $"Receipt {file} holds.",
                new ReceiptCheckResult(file, true),
                CliJson.Shared.ReceiptCheckResult
            );
    }

    private static CommandOutcome Rejected(string file, IReadOnlyList<Finding> findings) =>
        CommandOutcome.Failed(
            ExitCodes.NotProven,
            new ErrorBody(
                findings[0].Code,
                $"Receipt {file} does not hold: {findings[0].Message}",
                findings[0].Suggestion
            )
            {
                Findings = FindingBody.OfAll(findings),
            }
        );
}
