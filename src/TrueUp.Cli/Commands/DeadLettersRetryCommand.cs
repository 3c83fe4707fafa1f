using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TrueUp.Cli.Composition;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Results;
using TrueUp.Runs;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Cli.Commands;

/// <summary>
/// Tries dead letters again. Every run does that by itself; this starts a run of the letters' pipelines now, from the
/// file that
/// the last run of each used.
/// </summary>
internal sealed class DeadLettersRetryCommand : TrueUpCommand
{
    private readonly Argument<long[]> _ids = new("ID")
    {
        Description = "The letters' numbers; all pending ones by default",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string?> _pipeline = FilterOptions.Pipeline();

    /// <param name="runner">Runs it.</param>
    public DeadLettersRetryCommand(CommandRunner runner)
        : base(
            runner,
            "dead-letters retry",
            "Run the pipelines of dead letters again, and say which letters are settled"
        )
    {
        Add(_ids);
        Add(_pipeline);
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples =>
        ["trueup dead-letters retry 17", "trueup dead-letters retry --pipeline sellers"];

    /// <inheritdoc />
    public override async Task<CommandOutcome> ExecuteAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var session = Session.Open(invocation);
        var letters = await LettersAsync(session.Home, invocation, cancellationToken);
        if (invocation.Get(_ids).Except(letters.Select(l => l.Id)).ToList() is [var missing, ..])
        {
            return DeadLetterLookup.Missing(missing);
        }
        var runs = new List<RunResult>();
        ErrorBody? error = null;
        var exitCode = ExitCodes.Success;
        foreach (var pipeline in letters.Where(l => l.State == LetterState.Pending).GroupBy(l => l.Pipeline))
        {
            var file = (
                await session.Home.Runs.GetAsync(
                    pipeline.MaxBy(l => l.LastRunId, StringComparer.Ordinal)!.LastRunId,
                    cancellationToken
                )
            )?.PipelineFile;
            if (file is null || PipelineFiles.Read(file) is not { Pipeline: { } definition })
            {
                (error, exitCode) = (NoFile(pipeline.Key, file), ExitCodes.Usage);
                continue;
            }
            var outcome = await session.Engine.RunAsync(
                definition,
                new RunOptions { Trigger = TriggerSource.Retry, TriggeredBy = Environment.UserName },
                cancellationToken
            );
            runs.Add(await RunOutcomes.ResultAsync(session.Home, outcome));
            if (RunVerdict.Error(outcome) is { } problem)
            {
                (error, exitCode) = (error ?? problem, Math.Max(exitCode, RunVerdict.ExitCode(outcome)));
            }
        }
        return await TellAsync(session.Home, letters, runs, error, exitCode, cancellationToken);
    }

    private async Task<IReadOnlyList<DeadLetterEntry>> LettersAsync(
        TrueUpHome home,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var ids = invocation.Get(_ids);
        if (ids.Length == 0)
        {
            var page = await home.DeadLetters.ListAsync(
                new DeadLetterQuery
                {
                    Pipeline = invocation.Get(_pipeline),
                    State = LetterState.Pending,
                    Limit = 10_000,
                },
                cancellationToken
            );
            return page.Items;
        }
        var letters = new List<DeadLetterEntry>();
        foreach (var id in ids.Distinct())
        {
            if (await DeadLetterLookup.FindAsync(home, id, cancellationToken) is { } letter)
            {
                letters.Add(letter);
            }
        }
        return letters;
    }

    private static async Task<CommandOutcome> TellAsync(
        TrueUpHome home,
        IReadOnlyList<DeadLetterEntry> letters,
        IReadOnlyList<RunResult> runs,
        ErrorBody? error,
        int exitCode,
        CancellationToken cancellationToken
    )
    {
        var pending = new List<long>();
        foreach (var letter in letters)
        {
            if (await DeadLetterLookup.FindAsync(home, letter.Id, cancellationToken) is { State: LetterState.Pending })
            {
                pending.Add(letter.Id);
            }
        }
        var settled = letters.Select(l => l.Id).Except(pending).ToList();
        var summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{settled.Count} settled, {pending.Count} still pending."
        );
        return new CommandOutcome(exitCode, summary)
        {
            Result = JsonSerializer.SerializeToElement(
                new RetryResult(settled, pending, runs),
                CliJson.Shared.RetryResult
            ),
            Error = error,
            Details = screen => screen.Line(summary),
        };
    }

    private static ErrorBody NoFile(string pipeline, string? file) =>
        new(
            "pipeline_missing",
            $"The pipeline file of {pipeline} ({file ?? "unknown"}) cannot be read any more.",
            "Run the pipeline from where its file is now: trueup run FILE."
        );
}
