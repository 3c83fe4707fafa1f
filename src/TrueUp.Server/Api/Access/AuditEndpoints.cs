using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrueUp.Server.Security;
using TrueUp.Server.Security.Requests;
using TrueUp.Store;
using TrueUp.Store.Access;

namespace TrueUp.Server.Api.Access;

/// <summary><c>/api/v1/audit</c>: what was done to the servers, for administrators.</summary>
internal static class AuditEndpoints
{
    private const int LimitDefault = 50;

    public static void Map(RouteGroupBuilder api)
    {
        var audit = api.MapGroup("/audit").RequireAuthorization(Roles.Admin).WithTags("audit");
        audit.MapGet("/", ListAsync).WithName("list_audit").WithSummary("What was done to the servers, newest first.");
        audit
            .MapPost("/check", CheckAsync)
            .WithName("check_audit")
            .WithSummary("Walks the chain of entries and says where it breaks first.");
        audit
            .MapGet("/export", (TrueUpHome home) => (IResult)new AuditExport(home.AdminTrail))
            .WithName("export_audit")
            .WithSummary("All entries as JSON lines, oldest first.");
    }

    private static async Task<IResult> ListAsync(
        TrueUpHome home,
        CancellationToken cancellationToken,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        string? actor = null,
        string? action = null,
        string? @object = null,
        string? after = null,
        int limit = LimitDefault
    )
    {
        if (limit is < 1 or > AdminTrail.LimitMax)
        {
            return AccessProblems.Limit(AdminTrail.LimitMax);
        }
        if (after is not null && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return AccessProblems.Invalid("after", "after is what the page before gave as next.");
        }
        var query = new AdminQuery
        {
            From = from,
            To = to,
            Actor = actor,
            Action = action,
            Object = @object,
            After = after,
            Limit = limit,
        };
        var page = await home.AdminTrail.ListAsync(query, cancellationToken);
        return TypedResults.Ok(new AuditList([.. page.Items.Select(AuditEntryBody.Of)], page.Next));
    }

    private static async Task<IResult> CheckAsync(
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
