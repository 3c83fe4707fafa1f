using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TrueUp.Audit;
using TrueUp.Runs;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Api.Errors;
using TrueUp.Server.Api.Receipts;
using TrueUp.Server.Api.Records;
using TrueUp.Server.Security;
using TrueUp.Store;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Runs;

/// <summary>Runs and everything that belongs to one.</summary>
internal static class RunEndpoints
{
    private const string List = "GET /api/v1/runs";

    public static void Map(RouteGroupBuilder api)
    {
        var runs = api.MapGroup("/runs").WithTags("runs");
        runs.MapGet("", ListAsync).Is("list_runs", "Runs, newest first.", Roles.Viewer);
        runs.MapGet("/{id}", GetAsync).Is("get_run", "A run: its summary and what it proved.", Roles.Viewer, [404]);
        runs.MapGet("/{id}/units", UnitsAsync).Is("get_run_units", "The units of a run.", Roles.Viewer, [404]);
        runs.MapGet("/{id}/gaps", GapsAsync)
            .Is("get_run_gaps", "What a run found different, by key.", Roles.Operator, [404]);
        runs.MapGet("/{id}/errors", ErrorsAsync)
            .Is("get_run_errors", "The errors of a run, newest first.", Roles.Viewer, [404]);
        runs.MapGet("/{id}/records", RecordsAsync)
            .Is("get_run_records", "What became of a run's records, in their order.", Roles.Operator, [404]);
        runs.MapGet("/{id}/receipt", ReceiptEndpoints.OfRunAsync)
            .Is("get_run_receipt", "The receipt of a run, as it was signed.", Roles.Viewer, [404])
            .Produces<object>(StatusCodes.Status200OK, "application/json");
    }

    private static async Task<Ok<Page<RunBody>>> ListAsync(
        string? pipeline,
        Choice<RunState>? status,
        bool? succeeded,
        Choice<Verdict>? verdict,
        Choice<TriggerSource>? trigger,
        Moment? from,
        Moment? to,
        Limit? limit,
        After? after,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        var page = await home.Runs.ListAsync(
            new RunQuery
            {
                Pipeline = pipeline,
                Among = caller.Pipelines,
                State = status?.Value,
                Succeeded = succeeded,
                Verdict = verdict?.Value,
                Trigger = trigger?.Value,
                From = from?.Value,
                To = to?.Value,
                Limit = Limit.Of(limit),
                After = after?.Value,
            },
            cancellationToken
        );
        return TypedResults.Ok(new Page<RunBody>([.. page.Items.Select(RunBody.Of)], page.Next));
    }

    private static async Task<Results<Ok<RunDetailsBody>, ProblemHttpResult>> GetAsync(
        string id,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    ) =>
        await FindAsync(home, id, caller, cancellationToken) is { } run
            ? TypedResults.Ok(RunDetailsBody.Of(run))
            : Problems.NotFound("run", List);

    private static async Task<Results<Ok<UnitsBody>, ProblemHttpResult>> UnitsAsync(
        string id,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    ) =>
        await FindAsync(home, id, caller, cancellationToken) is { } run
            ? TypedResults.Ok(new UnitsBody([.. run.Units.Select(RunUnitBody.Of)]))
            : Problems.NotFound("run", List);

    private static async Task<Results<Ok<GapsBody>, ProblemHttpResult>> GapsAsync(
        string id,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    ) =>
        await FindAsync(home, id, caller, cancellationToken) is { } run
            ? TypedResults.Ok(new GapsBody(run.Gaps))
            : Problems.NotFound("run", List);

    private static async Task<Results<Ok<Page<ErrorBody>>, ProblemHttpResult>> ErrorsAsync(
        string id,
        Limit? limit,
        AfterNumber? after,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(home, id, caller, cancellationToken) is null)
        {
            return Problems.NotFound("run", List);
        }
        var query = new ErrorQuery
        {
            RunId = id,
            Limit = Limit.Of(limit),
            After = AfterNumber.Text(after),
        };
        return TypedResults.Ok(ErrorBody.Page(await home.Errors.ListAsync(query, cancellationToken), caller));
    }

    private static async Task<Results<Ok<Page<RecordBody>>, ProblemHttpResult>> RecordsAsync(
        string id,
        string? unit,
        string? key,
        Choice<RecordOperation>? operation,
        bool? succeeded,
        Limit? limit,
        AfterRecord? after,
        Caller caller,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(home, id, caller, cancellationToken) is null)
        {
            return Problems.NotFound("run", List);
        }
        var query = new RecordQuery
        {
            RunId = id,
            Unit = unit,
            Key = key,
            Operation = operation?.Value,
            Succeeded = succeeded,
        };
        return TypedResults.Ok(
            await RecordPages.ReadAsync(home.Records, query, Limit.Of(limit), after, cancellationToken)
        );
    }

    private static async ValueTask<RunDetails?> FindAsync(
        TrueUpHome home,
        string id,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        After.IsId(id) && await home.Runs.GetAsync(id, cancellationToken) is { } run && caller.MaySee(run.Run.Pipeline)
            ? run
            : null;
}
