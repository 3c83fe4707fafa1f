using System.CommandLine;
using System.CommandLine.Help;
using TrueUp.Cli.Commands;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;

namespace TrueUp.Cli;

/// <summary>The `trueup` command: its commands, and what happens to a command line that is none.</summary>
internal static class Application
{
    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TimeProvider clock)
    {
        var runner = new CommandRunner(clock);
        var root = Root(runner);
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpText)
        {
            return UsageReport.Write(parsed, args);
        }
        var configuration = new InvocationConfiguration
        {
            // The runner listens to signals and reports exceptions itself.
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
        };
        return await parsed.InvokeAsync(configuration);
    }

    private static RootCommand Root(CommandRunner runner)
    {
        var root = new RootCommand("Keeps a target equal to a source, and proves that it is.")
        {
            GlobalOptions.Home, GlobalOptions.Json, GlobalOptions.Quiet, GlobalOptions.NoColor,
            new RunCommand(runner),
            new VerifyCommand(runner),
            new InitCommand(runner),
            new DoctorCommand(runner),
            new RunsCommand(runner),
            new ErrorsCommand(runner),
            new DeadLettersCommand(runner),
            new ReceiptCommand(runner),
            new VersionCommand(runner),
        };
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpText((HelpAction)help.Action!);
        }
        return root;
    }
}
