using System.Text.Json;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Output;

/// <summary>Says how a command ended: to programs on stdout, to people on stderr.</summary>
internal static class OutcomeWriter
{
    /// <summary>Writes the outcome.</summary>
    public static void Write(string command, CommandOutcome outcome, Screen screen)
    {
        if (screen.IsJson)
        {
            var envelope = new Envelope(
                command,
                outcome.ExitCode == ExitCodes.Success,
                outcome.Summary,
                outcome.Result,
                outcome.Error
            );
            Console.Out.WriteLine(JsonSerializer.Serialize(envelope, CliJson.Shared.Envelope));
            return;
        }
        if (!screen.IsQuiet)
        {
            outcome.Details?.Invoke(screen);
        }
        if (outcome is { ErrorIsInDetails: true, Error: not null } && !screen.IsQuiet)
        {
            screen.Error(outcome.Summary);
        }
        else if (outcome.Error is { } error)
        {
            WriteError(error, screen);
        }
        else
        {
            screen.Line(outcome.Summary, Tone.Good);
        }
    }

    private static void WriteError(ErrorBody error, Screen screen)
    {
        screen.Error($"error: {error.Message}");
        foreach (var finding in error.Findings.Where(f => f.Message != error.Message))
        {
            screen.Error($"  {Place(finding)}{finding.Message}");
            screen.Error($"      {finding.Suggestion}", Tone.Faint);
        }
        screen.Error($"  {error.Suggestion}", Tone.Faint);
    }

    private static string Place(FindingBody finding)
    {
        var file = finding.File is null ? "" : Path.GetFileName(finding.File);
        return (file.Length, finding.Line) switch
        {
            (0, null) => "",
            (0, { } line) => $"line {line}: ",
            (_, null) => $"{file}: ",
            (_, { } line) => $"{file}:{line}: ",
        };
    }
}
