using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TrueUp.Audit;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Security;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Records;

/// <summary><c>GET /records</c>.</summary>
internal static class RecordEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/records", ListAsync)
            .WithTags("records")
            .Is("list_records", "What became of a record in every run, newest run first.", Roles.Operator)
            .WithDescription(
                $"Looks through {RecordPages.RunsMax} runs at a time: a page may have fewer items than asked for, or"
                    + " none, and still a next one."
            );

    private static async Task<Ok<Page<RecordBody>>> ListAsync(
        string? key,
        string? pipeline,
        string? unit,
        Choice<RecordOperation>? operation,
        bool? succeeded,
        Moment? from,
        Moment? to,
        Limit? limit,
        AfterRecord? after,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        var query = new RecordQuery
        {
            Key = key,
            Pipeline = pipeline,
            Among = caller.Pipelines,
            Unit = unit,
            Operation = operation?.Value,
            Succeeded = succeeded,
            From = from?.Value,
            To = to?.Value,
        };
        return TypedResults.Ok(
            await RecordPages.ReadAsync(home.Records, query, Limit.Of(limit), after, cancellationToken)
        );
    }
}
