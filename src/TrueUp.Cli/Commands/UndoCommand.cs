using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TrueUp.Cli.Composition;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Results;
using TrueUp.Runs;
using TrueUp.Store.Queries;
using TrueUp.Undo;

namespace TrueUp.Cli.Commands;

/// <summary>Puts back what a run overwrote and deleted.</summary>
internal sealed class UndoCommand : TrueUpCommand
{
    private readonly Argument<string> _run = new("RUN") { Description = "The run's identifier; see `trueup runs`" };
    private readonly Option<string?> _file = new("--file")
    {
        Description =
            "The pipeline file, when it or the target has moved since (default: the file the run was started with)",
        HelpName = "FILE",
    };

    /// <param name="runner">Runs it.</param>
    public UndoCommand(CommandRunner runner)
        : base(
            runner,
            "undo",
            "Put the rows a run updated or deleted back as they were, unless they changed since; rows it created stay"
        )
    {
        Add(_run);
        Add(_file);
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples =>
        ["trueup undo 01KAJ3T8…", "trueup undo 01KAJ3T8… --file sellers.yaml --json"];

    /// <inheritdoc />
    public override async Task<CommandOutcome> ExecuteAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var id = invocation.Get(_run);
        if (!File.Exists(Path.Combine(invocation.Home, "trueup.db")))
        {
            return Listing.NoRun(id);
        }
        await using var session = Session.Open(invocation);
        if (await session.Home.Runs.GetAsync(id, cancellationToken) is not { } run)
        {
            return Listing.NoRun(id);
        }
        var given = invocation.Get(_file);
        if ((given ?? run.PipelineFile) is not { } file)
        {
            return CommandOutcome.Failed(ExitCodes.Usage, NoFile(run));
        }
        var reading = PipelineFiles.Read(file);
        if (reading.Pipeline is not { } pipeline)
        {
            return PipelineFiles.Refused(file, reading);
        }
        if (pipeline.Name != run.Run.Pipeline)
        {
            return CommandOutcome.Failed(ExitCodes.Usage, OtherPipeline(run, file, pipeline.Name));
        }
        var outcome = await RunProgressBar.WithAsync(
            invocation.Screen,
            progress =>
                session.Undo.UndoAsync(
                    pipeline,
                    new UndoRequest(id)
                    {
                        Created = run.Run.Counts?.Created,
                        TargetMoved = given is not null,
                        TriggeredBy = Environment.UserName,
                        Progress = progress,
                    },
                    cancellationToken
                )
        );
        return outcome is null ? Nothing(run) : Tell(outcome);
    }

    private static CommandOutcome Tell(UndoOutcome outcome)
    {
        var result = UndoResult.Of(outcome);
        return new CommandOutcome(UndoReport.ExitCode(outcome), UndoReport.Summary(outcome))
        {
            Result = JsonSerializer.SerializeToElement(result, CliJson.Shared.UndoResult),
            Error = UndoReport.Error(outcome),
            Details = screen => UndoReport.Write(result, screen),
        };
    }

    private static CommandOutcome Nothing(RunDetails details)
    {
        var run = details.Run;
        var counts = run.VerifyOnly || run.DryRun ? new RunCounts() : run.Counts ?? new RunCounts();
        return counts.Updated + counts.Deleted > 0
            ? CommandOutcome.Failed(
                ExitCodes.NotProven,
                new ErrorBody(
                    "images_missing",
                    $"Run {run.RunId} kept none of the rows it replaced, so it cannot be undone.",
                    "They were erased, or the pipeline says undo: false; restore a backup of the target."
                )
            )
            : CommandOutcome.Done(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{run.Pipeline}: the run kept no replaced rows, so there is nothing to put back; {counts.Created:N0} rows it created stay."
                ),
                UndoResult.Nothing(run.RunId, run.Pipeline, counts.Created),
                CliJson.Shared.UndoResult
            );
    }

    private static ErrorBody NoFile(RunDetails run) =>
        new(
            "pipeline_missing",
            $"Run {run.Run.RunId} was not started with a pipeline file.",
            "Name one that says where its target is: --file FILE."
        );

    private static ErrorBody OtherPipeline(RunDetails run, string file, string name) =>
        new(
            "pipeline_differs",
            $"Run {run.Run.RunId} is one of '{run.Run.Pipeline}', but {file} is '{name}'.",
            "Name the file of that pipeline with --file."
        );
}
