using System.CommandLine;
using System.CommandLine.Parsing;
using TrueUp.Cli.Commands;
using TrueUp.Cli.Execution;
using TrueUp.Pipelines.Reading;

namespace TrueUp.Cli.Output;

/// <summary>Answers a command line that cannot be understood.</summary>
internal static class UsageReport
{
    /// <summary>What is wrong with a command line, or null.</summary>
    public static ErrorBody? Error(ParseResult parsed)
    {
        var path = PathOf(parsed);
        var help = path.Length == 0 ? "See: trueup --help" : $"See: trueup {path} --help";
        if (Unknown(parsed) is { } unknown)
        {
            var near = Spelling.Nearest(unknown, Known(parsed));
            var what =
                unknown.StartsWith('-') ? "option"
                : parsed.CommandResult.Command.Subcommands.Count > 0 ? "command"
                : "argument";
            return new ErrorBody(
                "usage",
                $"There is no {what} {unknown} here.",
                near is null ? help : $"Did you mean {near}? {help}"
            );
        }
        if (parsed.Errors.Count == 0)
        {
            return null;
        }
        return parsed.CommandResult.Command is not TrueUpCommand and var group
            ? new ErrorBody(
                "usage",
                $"Name a command: {string.Join(", ", group.Subcommands.Select(c => c.Name))}.",
                help
            )
            : new ErrorBody("usage", string.Join(' ', parsed.Errors.Select(e => e.Message).Distinct()), help);
    }

    /// <summary>Says what is wrong with it.</summary>
    public static int Write(ParseResult parsed, ErrorBody error, IReadOnlyList<string> args)
    {
        // The options may stand behind what could not be understood.
        var screen = new Screen(args.Contains("--json"), quiet: false, args.Contains("--no-color"));
        OutcomeWriter.Write(PathOf(parsed), CommandOutcome.Failed(ExitCodes.Usage, error), screen);
        return ExitCodes.Usage;
    }

    // A misspelt option in front of an argument is taken for the argument, unless it is looked at closely.
    private static string? Unknown(ParseResult parsed)
    {
        var arguments = parsed.Tokens.Any(t => t.Type == TokenType.DoubleDash)
            ? []
            : parsed
                .CommandResult.Children.OfType<ArgumentResult>()
                .SelectMany(a => a.Tokens)
                .Select(t => t.Value)
                .Where(t => t.Length > 1 && t[0] == '-' && !char.IsAsciiDigit(t[1]));
        return arguments.Concat(parsed.UnmatchedTokens).FirstOrDefault();
    }

    private static IEnumerable<string> Known(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var options = command.Options.Concat([
            GlobalOptions.Home,
            GlobalOptions.Json,
            GlobalOptions.Quiet,
            GlobalOptions.NoColor,
        ]);
        return command.Subcommands.Select(c => c.Name).Concat(options.Select(o => o.Name)).Append("--help");
    }

    private static string PathOf(ParseResult parsed)
    {
        var path = "";
        for (
            SymbolResult? result = parsed.CommandResult;
            result is CommandResult { Command: not TrueUpRoot } command;
            result = result.Parent
        )
        {
            path = $"{command.Command.Name} {path}";
        }
        return path.TrimEnd();
    }
}
