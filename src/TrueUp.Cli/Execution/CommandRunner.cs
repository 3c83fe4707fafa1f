using System.CommandLine;
using TrueUp.Cli.Commands;
using TrueUp.Cli.Output;
using TrueUp.Cli.Remote;
using TrueUp.Server.Settings;
using TrueUp.Sides;

namespace TrueUp.Cli.Execution;

/// <summary>Runs a command: signals before, exceptions and output after.</summary>
internal sealed class CommandRunner(TimeProvider clock)
{
    /// <summary>The time.</summary>
    public TimeProvider Clock => clock;

    /// <summary>Runs it to its exit code.</summary>
    public async Task<int> RunAsync(TrueUpCommand command, ParseResult parsed, CancellationToken cancellationToken)
    {
        var screen = new Screen(
            parsed.GetValue(GlobalOptions.Json),
            parsed.GetValue(GlobalOptions.Quiet),
            parsed.GetValue(GlobalOptions.NoColor)
        );
        using var signals = new CancelSignals(screen, cancellationToken);
        var outcome = await OutcomeAsync(
            command,
            new Invocation(parsed, GlobalOptions.HomeOf(parsed), screen, clock),
            signals.Token
        );
        OutcomeWriter.Write(command.FullName, outcome, screen);
        return outcome.ExitCode;
    }

    private static async Task<CommandOutcome> OutcomeAsync(
        TrueUpCommand command,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await command.ExecuteAsync(invocation, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CommandOutcome.Failed(ExitCodes.Cancelled, Cancelled(command));
        }
        catch (ServerException refusal)
        {
            return CommandOutcome.Failed(refusal.ExitCode, refusal.Error);
        }
        catch (InvalidSettingsException settings)
        {
            return CommandOutcome.Failed(
                ExitCodes.Usage,
                new ErrorBody(
                    InvalidSettingsException.Code,
                    settings.Message,
                    "Correct each finding; docs/server-reference.md lists all keys."
                )
                {
                    Findings = FindingBody.OfAll(settings.Findings),
                }
            );
        }
        catch (SideException exception)
        {
            return CommandOutcome.Failed(
                exception.Type == ErrorType.Validation ? ExitCodes.Usage : ExitCodes.Environment,
                new ErrorBody(exception.Code, exception.Message, exception.Suggestion)
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return CommandOutcome.Failed(
                ExitCodes.Environment,
                new ErrorBody("file_failed", exception.Message, "Check the file, its folder and the permissions.")
            );
        }
        catch (Exception exception)
        {
            // A bug. Whoever reads JSON still gets the one object, and whoever reports it the stack trace.
            return CommandOutcome.Failed(
                ExitCodes.NotProven,
                new ErrorBody(
                    "internal_error",
                    $"This is a bug in TrueUp: {exception}",
                    "Please report it with this text."
                )
            );
        }
    }

    private static ErrorBody Cancelled(TrueUpCommand command) =>
        new(
            "cancelled",
            "Cancelled.",
            $"Start it again when you like: trueup {command.FullName} goes on where it stopped."
        );
}
