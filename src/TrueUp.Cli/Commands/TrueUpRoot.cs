using System.CommandLine;
using System.CommandLine.Help;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Remote;

namespace TrueUp.Cli.Commands;

/// <summary>
/// `trueup` itself. The library's own root command would be called as the file it was started from, and print a version
/// with
/// the build's metadata.
/// </summary>
internal sealed class TrueUpRoot : Command
{
    /// <param name="runner">Runs its commands.</param>
    public TrueUpRoot(CommandRunner runner)
        : base("trueup", "Keeps a target equal to a source, and proves that it is.")
    {
        var help = new HelpOption("--help", "-h", "-?")
        {
            Description = "Show what a command is for and what it takes",
        };
        help.Action = new HelpText((HelpAction)help.Action!);
        var version = new Option<bool>("--version")
        {
            Description = "Print the version alone",
            Action = new VersionText(),
        };
        foreach (
            var option in (Option[])
                [GlobalOptions.Home, GlobalOptions.Json, GlobalOptions.Quiet, GlobalOptions.NoColor, help, version]
        )
        {
            Add(option);
        }
        Add(new RunCommand(runner));
        Add(new VerifyCommand(runner));
        Add(new UndoCommand(runner));
        Add(new InitCommand(runner));
        Add(new DoctorCommand(runner));
        Add(new ServeCommand(runner));
        Add(new StatusCommand(runner));
        Add(new TriggerCommand(runner));
        Add(new CancelCommand(runner));
        Add(SwitchCommand.Pause(runner));
        Add(SwitchCommand.Resume(runner));
        Add(new ConfigCommand(runner));
        Add(new KeyCommand(runner));
        Add(new RunsCommand(runner));
        Add(new ErrorsCommand(runner));
        Add(new DeadLettersCommand(runner));
        Add(new ReceiptCommand(runner));
        Add(new VersionCommand(runner));
    }
}
