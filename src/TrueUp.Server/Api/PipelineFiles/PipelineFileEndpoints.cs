using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrueUp.Pipelines;
using TrueUp.Server.Api.Config;
using TrueUp.Server.Pipelines;
using TrueUp.Server.Security;
using TrueUp.Server.Settings;
using TrueUp.Store;
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
        var pipelines = api.MapGroup("/pipelines").WithTags("configuration").RequireAuthorization(Roles.Admin);
        pipelines.MapPost("", CreateAsync).WithName("create_pipeline");
        pipelines.MapPost("/validate", ValidateAsync).WithName("validate_pipeline");
        pipelines.MapGet("/{name}/file", GetAsync).WithName("get_pipeline_file");
        pipelines.MapPut("/{name}/file", ReplaceAsync).WithName("replace_pipeline_file");
        pipelines.MapDelete("/{name}", DeleteAsync).WithName("delete_pipeline");
        pipelines.MapGet("/{name}/history", HistoryAsync).WithName("list_pipeline_history");
        pipelines.MapPost("/{name}/history/{id:long}/revert", RevertAsync).WithName("revert_pipeline");
    }

    private static async Task<IResult> GetAsync(
        string name,
        PipelineFolder folder,
        PipelineCatalog catalog,
        CancellationToken cancellationToken
    ) =>
        await folder.FindAsync(name, cancellationToken) is { } file
            ? TypedResults.Ok(PipelineFileBody.Of(name, file, catalog.Current.GetValueOrDefault(name)))
            : NoSuchPipeline();

    private static async Task<IResult> CreateAsync(
        PipelineTextBody body,
        PipelineEditor editor,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        ConfigEndpoints.NoteProblem(body.Note)
        ?? Answer(
            await editor.CreateAsync(
                body.Text,
                new ChangeOrder(Caller.Of(context.User).Name, body.Note),
                cancellationToken
            )
        );

    private static async Task<IResult> ReplaceAsync(
        string name,
        PipelineTextBody body,
        PipelineEditor editor,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        ConfigEndpoints.NoteProblem(body.Note)
        ?? Answer(
            await editor.ReplaceAsync(
                name,
                body.Text,
                new ChangeOrder(Caller.Of(context.User).Name, body.Note, body.ExpectedHash),
                cancellationToken
            )
        );

    private static async Task<IResult> DeleteAsync(
        string name,
        string? confirm,
        string? note,
        PipelineEditor editor,
        HttpContext context,
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
        return ConfigEndpoints.NoteProblem(note)
            ?? Answer(
                await editor.DeleteAsync(name, new ChangeOrder(Caller.Of(context.User).Name, note), cancellationToken)
            );
    }

    private static Task<IResult> HistoryAsync(
        string name,
        TrueUpHome home,
        string? after,
        int? limit,
        CancellationToken cancellationToken
    )
    {
        var query = new ConfigHistoryQuery
        {
            Key = PipelineHistory.KeyOf(name),
            After = after,
            Limit = limit ?? 50,
        };
        return HistoryPages.AnswerAsync(home.Config, query, ConfigHistoryBody.Of, cancellationToken);
    }

    private static async Task<IResult> RevertAsync(
        string name,
        long id,
        NoteBody? body,
        PipelineEditor editor,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        ConfigEndpoints.NoteProblem(body?.Note)
        ?? Answer(
            await editor.RevertAsync(
                name,
                id,
                new ChangeOrder(Caller.Of(context.User).Name, body?.Note),
                cancellationToken
            )
        );

    private static async Task<IResult> ValidateAsync(
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

    private static IResult Answer(EditOutcome outcome) =>
        outcome.Result switch
        {
            ChangeResult.Done or ChangeResult.Unchanged => TypedResults.Ok(new { outcome.Hash }),
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

    private static IResult NoSuchPipeline() => Problems.NotFound("pipeline or change", "GET /api/v1/pipelines");
}
