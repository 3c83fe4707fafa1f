using System.CommandLine;
using TrueUp.Cli.Commands;
using TrueUp.Cli.Execution;
using TrueUp.Pipelines.Reading;

namespace TrueUp.Cli.Output;

/// <summary>Answers a command line that cannot be understood.</summary>
internal static class UsageReport
{
    /// <summary>Says what is wrong with it.</summary>
    public static int Write(ParseResult parsed, IReadOnlyList<string> args)
    {
        // The options may stand behind what could not be understood.
        var screen = new Screen(args.Contains("--json"), quiet: false, args.Contains("--no-color"));
        var command = parsed.CommandResult.Command;
        var path = command is RootCommand ? "" : string.Join(' ', Names(parsed));
        var error = new ErrorBody(
            "usage", string.Join(' ', parsed.Errors.Select(e => e.Message).Distinct()), Suggestion(parsed, path));
        OutcomeWriter.Write(path, CommandOutcome.Failed(ExitCodes.Usage, error), screen);
        return ExitCodes.Usage;
    }

    private static string Suggestion(ParseResult parsed, string path)
    {
        var command = parsed.CommandResult.Command;
        var known = command.Subcommands.Select(c => c.Name)
            .Concat(command.Options.Select(o => o.Name))
            .Concat(((Option[])[GlobalOptions.Home, GlobalOptions.Json, GlobalOptions.Quiet, GlobalOptions.NoColor]).Select(o => o.Name));
        var near = parsed.UnmatchedTokens.Select(t => Spelling.Nearest(t, known)).FirstOrDefault(n => n is not null);
        var help = path.Length == 0 ? "trueup --help" : $"trueup {path} --help";
        return near is null ? $"See: {help}" : $"Did you mean `{near}`? See: {help}";
    }

    private static IEnumerable<string> Names(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result.Command is not RootCommand; result = (System.CommandLine.Parsing.CommandResult)result.Parent!)
        {
            names.Insert(0, result.Command.Name);
        }
        return names;
    }
}
