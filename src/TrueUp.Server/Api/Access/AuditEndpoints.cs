using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TrueUp.Server.Api.Conventions;
using TrueUp.Server.Security;
using TrueUp.Server.Security.Requests;
using TrueUp.Store;
using TrueUp.Store.Access;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Access;

/// <summary><c>/api/v1/audit</c>: what was done to the servers, for administrators.</summary>
internal static class AuditEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("audit");
        audit.MapGet("/", ListAsync).Is("list_audit", "What was done to the servers, newest first.", Roles.Admin);
        audit
            .MapPost("/check", CheckAsync)
            .Is("check_audit", "Walks the chain of entries and says where it breaks first.", Roles.Admin);
        audit
            .MapGet("/export", (TrueUpHome home) => new AuditExport(home.AdminTrail))
            .Is("export_audit", "All entries as JSON lines, oldest first.", Roles.Admin)
            .Produces<AuditEntryBody>(StatusCodes.Status200OK, AuditExport.Type);
    }

    private static async Task<Ok<Page<AuditEntryBody>>> ListAsync(
        Moment? from,
        Moment? to,
        string? actor,
        string? action,
        string? @object,
        AfterNumber? after,
        Limit? limit,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        var query = new AdminQuery
        {
            From = from?.Value,
            To = to?.Value,
            Actor = actor,
            Action = action,
            Object = @object,
            After = AfterNumber.Text(after),
            Limit = Limit.Of(limit),
        };
        var page = await home.AdminTrail.ListAsync(query, cancellationToken);
        return TypedResults.Ok(new Page<AuditEntryBody>([.. page.Items.Select(AuditEntryBody.Of)], page.Next));
    }

    private static async Task<Ok<AuditCheckBody>> CheckAsync(
        HttpContext context,
        TrueUpHome home,
        CancellationToken cancellationToken
    )
    {
        var check = await home.AdminTrail.CheckAsync(cancellationToken);
        context.Describe("", ("intact", check.IsIntact ? "true" : "false"), ("head_hash", check.HeadHash));
        return TypedResults.Ok(AuditCheckBody.Of(check));
    }
}
