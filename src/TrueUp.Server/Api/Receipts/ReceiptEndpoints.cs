using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TrueUp.Pipelines;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Api.Pipelines;
using TrueUp.Server.Security;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Receipts;

/// <summary>Receipts: their list, their files, and checking them.</summary>
internal static class ReceiptEndpoints
{
    private const string List = "GET /api/v1/receipts";

    public static void Map(RouteGroupBuilder api)
    {
        var receipts = api.MapGroup("/receipts").WithTags("receipts");
        receipts.MapGet("", ListAsync).Is("list_receipts", "Receipts, newest run first.", Roles.Viewer);
        receipts
            .MapGet("/{id}", OfRunAsync)
            .Is("get_receipt", "The receipt of a run (its id), as it was signed.", Roles.Viewer, [404])
            .Produces<object>(StatusCodes.Status200OK, "application/json");
        receipts
            .MapPost("/check", CheckAsync)
            .Is("check_receipts", "Checks the newest receipts of a pipeline.", Roles.Operator, [404])
            .TakesBody()
            .WithDescription(
                "Hash, signature and place in the chain. Whether source and target still agree, a verification says:"
                    + " trigger one with verify_only."
            );
    }

    /// <summary>The file of a run's receipt.</summary>
    public static async Task<Results<ReceiptFile, ProblemHttpResult>> OfRunAsync(
        string id,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        if (
            !After.IsId(id)
            || await home.Receipts.OfRunAsync(id, cancellationToken) is not { } entry
            || !caller.MaySee(entry.Pipeline)
        )
        {
            return Problems.NotFound("receipt", List);
        }
        var path = ReceiptChecks.PathOf(home, entry);
        return File.Exists(path)
            ? new ReceiptFile(path)
            : Problems.Of(
                StatusCodes.Status404NotFound,
                "receipt_missing",
                "The receipt was written, and its file is gone.",
                "Put it back from a copy of the home folder."
            );
    }

    private static async Task<Ok<Page<ReceiptBody>>> ListAsync(
        string? pipeline,
        Limit? limit,
        After? after,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyCollection<string>? among =
            pipeline is null ? caller.Pipelines
            : caller.MaySee(pipeline) ? [pipeline]
            : [];
        var page = await home.Receipts.ListAmongAsync(among, Limit.Of(limit), after?.Value, cancellationToken);
        return TypedResults.Ok(new Page<ReceiptBody>([.. page.Items.Select(ReceiptBody.Of)], page.Next));
    }

    private static async Task<Results<Ok<CheckedBody>, ProblemHttpResult>> CheckAsync(
        CheckBody body,
        Caller caller,
        PipelineBook book,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        if (body.Limit is < 1 or > Limit.Max)
        {
            return Problems.BadRequest([
                new Finding("bad_value", "$.limit cannot be used.", $"Give {Limit.Expected}.") { Path = "$.limit" },
            ]);
        }
        if (!await book.ExistsAsync(body.Pipeline, caller, cancellationToken))
        {
            return Problems.NotFound("pipeline", "GET /api/v1/pipelines");
        }
        var page = await home.Receipts.ListAsync(body.Pipeline, body.Limit, null, cancellationToken);
        var findings = ReceiptChecks.Check(home, page.Items, cancellationToken);
        return TypedResults.Ok(
            new CheckedBody(body.Pipeline, page.Items.Count, findings.Count == 0, [.. findings.Select(FindingBody.Of)])
        );
    }
}
