using System.CommandLine;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Commands;

/// <summary>Holds the commands about receipts.</summary>
internal sealed class ReceiptCommand : Command
{
    /// <param name="runner">Runs its commands.</param>
    public ReceiptCommand(CommandRunner runner)
        : base("receipt", "Records of what runs proved")
    {
        Add(new ReceiptListCommand(runner));
        Add(new ReceiptShowCommand(runner));
        Add(new ReceiptCheckCommand(runner));
        Add(new ReceiptRotateKeyCommand(runner));
    }
}
