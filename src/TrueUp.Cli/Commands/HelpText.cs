using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace TrueUp.Cli.Commands;

/// <summary>The library's help text with examples and, at the top, the exit codes.</summary>
internal sealed class HelpText(HelpAction inner) : SynchronousCommandLineAction
{
    private const int WidthMax = 100;

    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        inner.MaxWidth = Console.IsOutputRedirected ? WidthMax : Math.Min(WidthMax, Math.Max(40, Console.WindowWidth));
        inner.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var examples = parseResult.CommandResult.Command switch
        {
            TrueUpCommand command => command.Examples,
            TrueUpRoot => ["trueup init", "trueup run sellers.yaml", "trueup verify sellers.yaml --json"],
            _ => [],
        };
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine($"  {example}");
            }
            output.WriteLine();
        }
        if (parseResult.CommandResult.Command is TrueUpRoot)
        {
            output.WriteLine("Exit codes:");
            output.WriteLine("  0  done and proven");
            output.WriteLine("  1  failed, refused, or not proven");
            output.WriteLine("  2  the command line or the pipeline file is wrong");
            output.WriteLine("  3  a server, a file or a permission is missing");
            output.WriteLine("  130  cancelled");
            output.WriteLine();
        }
        return ExitCodes.Success;
    }
}
