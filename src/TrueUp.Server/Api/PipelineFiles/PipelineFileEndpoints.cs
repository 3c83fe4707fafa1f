using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TrueUp.Pipelines;
using TrueUp.Server.Api.Config;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Pipelines;
using TrueUp.Server.Security;
using TrueUp.Server.Settings;
using TrueUp.Store;
using TrueUp.Store.Queries;
using TrueUp.Store.Settings;

namespace TrueUp.Server.Api.PipelineFiles;

/// <summary>
/// Pipeline files: reading, trying out, changing, and their history. Pipelines are addressed by name alone.
/// </summary>
internal static class PipelineFileEndpoints
{
    /// <summary>Adds the files to <c>/pipelines</c>.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var pipelines = api.MapGroup("/pipelines").WithTags("configuration");
        pipelines
            .MapPost("", CreateAsync)
            .Is("create_pipeline", "Writes a new pipeline file, in force when this returns.", Roles.Admin, [409, 422])
            .TakesBody();
        pipelines
            .MapPost("/validate", ValidateAsync)
            .Is("validate_pipeline", "What is wrong with a text, and what it would change.", Roles.Admin, [422])
            .TakesBody();
        pipelines
            .MapGet("/{name}/file", GetAsync)
            .Is("get_pipeline_file", "A pipeline's file, without secrets.", Roles.Admin, [404]);
        pipelines
            .MapPut("/{name}/file", ReplaceAsync)
            .Is("replace_pipeline_file", "Replaces a pipeline's file.", Roles.Admin, [404, 409, 422])
            .TakesBody();
        pipelines
            .MapDelete("/{name}", DeleteAsync)
            .Is("delete_pipeline", "Deletes a pipeline's file.", Roles.Admin, [404, 409, 422]);
        pipelines
            .MapGet("/{name}/history", HistoryAsync)
            .Is("list_pipeline_history", "Every change of a pipeline's file, newest first.", Roles.Admin);
        pipelines
            .MapPost("/{name}/history/{id:long}/revert", RevertAsync)
            .Is("revert_pipeline", "Puts back the file from before a change.", Roles.Admin, [404, 409, 422])
            .TakesBody();
    }

    private static async Task<Results<Ok<PipelineFileBody>, ProblemHttpResult>> GetAsync(
        string name,
        PipelineFolder folder,
        PipelineCatalog catalog,
        CancellationToken cancellationToken
    ) =>
        await folder.FindAsync(name, cancellationToken) is { } file
            ? TypedResults.Ok(PipelineFileBody.Of(name, file, catalog.Current.GetValueOrDefault(name)))
            : NoSuchPipeline();

    private static async Task<Results<Ok<PipelineHashBody>, ProblemHttpResult>> CreateAsync(
        PipelineTextBody body,
        PipelineEditor editor,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        ConfigEndpoints.NoteProblem(body.Note) is { } problem
            ? problem
            : Answer(await editor.CreateAsync(body.Text, new ChangeOrder(caller.Name, body.Note), cancellationToken));

    private static async Task<Results<Ok<PipelineHashBody>, ProblemHttpResult>> ReplaceAsync(
        string name,
        PipelineTextBody body,
        PipelineEditor editor,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        ConfigEndpoints.NoteProblem(body.Note) is { } problem
            ? problem
            : Answer(
                await editor.ReplaceAsync(
                    name,
                    body.Text,
                    new ChangeOrder(caller.Name, body.Note, body.ExpectedHash),
                    cancellationToken
                )
            );

    private static async Task<Results<Ok<PipelineHashBody>, ProblemHttpResult>> DeleteAsync(
        string name,
        string? confirm,
        string? note,
        PipelineEditor editor,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (confirm != name)
        {
            return Problems.Of(
                StatusCodes.Status422UnprocessableEntity,
                "not_confirmed",
                "Deleting a pipeline has to be confirmed.",
                "Repeat its name as `confirm` in the query."
            );
        }
        return ConfigEndpoints.NoteProblem(note) is { } problem
            ? problem
            : Answer(await editor.DeleteAsync(name, new ChangeOrder(caller.Name, note), cancellationToken));
    }

    private static Task<Ok<Page<ConfigHistoryBody>>> HistoryAsync(
        string name,
        AfterNumber? after,
        Limit? limit,
        TrueUpHome home,
        CancellationToken cancellationToken
    ) =>
        ConfigEndpoints.PageAsync(
            new ConfigHistoryQuery
            {
                Key = PipelineHistory.KeyOf(name),
                After = AfterNumber.Text(after),
                Limit = Limit.Of(limit),
            },
            home,
            cancellationToken
        );

    private static async Task<Results<Ok<PipelineHashBody>, ProblemHttpResult>> RevertAsync(
        string name,
        long id,
        NoteBody? body,
        PipelineEditor editor,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        ConfigEndpoints.NoteProblem(body?.Note) is { } problem
            ? problem
            : Answer(await editor.RevertAsync(name, id, new ChangeOrder(caller.Name, body?.Note), cancellationToken));

    private static async Task<Results<Ok<PipelineDraftResult>, ProblemHttpResult>> ValidateAsync(
        PipelineTextBody body,
        PipelineFolder folder,
        CancellationToken cancellationToken
    )
    {
        if (Encoding.UTF8.GetByteCount(body.Text) > PipelineReader.FileBytesMax)
        {
            return Problems.Of(
                StatusCodes.Status422UnprocessableEntity,
                "file_too_large",
                "The text is longer than 1 MB.",
                "Shorten it."
            );
        }
        var reading = folder.Try(body.Text, Path.Combine(folder.Folder, "new.yaml"));
        var name = reading.Pipeline?.Name;
        var file = name is null ? null : await folder.FindAsync(name, cancellationToken);
        return TypedResults.Ok(
            new PipelineDraftResult(
                reading.Pipeline is not null,
                name,
                [.. reading.Findings.Select(FindingBody.Of)],
                name is null ? [] : Difference(file?.Text ?? "", body.Text)
            )
        );
    }

    /// <summary>The difference of what may be shown of both.</summary>
    private static IReadOnlyList<string> Difference(string before, string after) =>
        InlineSecrets.Redact(before) is { } old && InlineSecrets.Redact(after) is { } @new
            ? TextDiff.Of(old, @new)
            : [];

    private static Results<Ok<PipelineHashBody>, ProblemHttpResult> Answer(EditOutcome outcome) =>
        outcome.Result switch
        {
            ChangeResult.Done or ChangeResult.Unchanged => TypedResults.Ok(new PipelineHashBody(outcome.Hash)),
            ChangeResult.NotFound => NoSuchPipeline(),
            ChangeResult.Conflict => Problems.Of(
                StatusCodes.Status409Conflict,
                "conflict",
                "The file is another by now, or the name is taken.",
                "Read the file again, and repeat the change on what it says.",
                more: new Dictionary<string, object?> { ["hash"] = outcome.Hash }
            ),
            _ => Problems.Of(
                StatusCodes.Status422UnprocessableEntity,
                "invalid_pipeline",
                "The pipeline is refused.",
                "Correct each finding.",
                outcome.Findings
            ),
        };

    private static ProblemHttpResult NoSuchPipeline() =>
        Problems.NotFound("pipeline or change", "GET /api/v1/pipelines");
}
