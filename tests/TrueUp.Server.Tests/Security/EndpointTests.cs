using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using TrueUp.Server.Tests.Testing;
using TrueUp.Store.Access;

namespace TrueUp.Server.Tests.Security;

/// <summary>
/// Every endpoint there is, with every kind of caller. An endpoint that is missing in the table, and a line of the
/// table without an endpoint, is a failure: who may use an endpoint is decided here, not by forgetting.
/// </summary>
public sealed partial class EndpointTests
{
    /// <summary>The lowest role that may use each endpoint; empty for everybody.</summary>
    private const string OfAll = "viewer of all pipelines";
    private const string Limited = "viewer of some pipelines";

    private static readonly Dictionary<string, string> Table = new()
    {
        ["POST /api/v1/auth/login"] = "",
        ["POST /api/v1/auth/logout"] = "",
        ["GET /api/v1/auth/me"] = "",
        ["GET /api/v1/keys"] = "admin",
        ["POST /api/v1/keys"] = "admin",
        ["POST /api/v1/keys/{id}/rotate"] = "admin",
        ["DELETE /api/v1/keys/{id}"] = "admin",
        ["GET /api/v1/users"] = "admin",
        ["POST /api/v1/users"] = "admin",
        ["PUT /api/v1/users/{name}"] = "admin",
        ["DELETE /api/v1/users/{name}"] = "admin",
        ["GET /api/v1/audit"] = "admin",
        ["POST /api/v1/audit/check"] = "admin",
        ["GET /api/v1/audit/export"] = "admin",
        ["GET /api/v1/config"] = "admin",
        ["GET /api/v1/config/{key}"] = "admin",
        ["PUT /api/v1/config/{key}"] = "admin",
        ["DELETE /api/v1/config/{key}"] = "admin",
        ["GET /api/v1/config/history"] = "admin",
        ["POST /api/v1/config/history/{id}/revert"] = "admin",
        ["POST /api/v1/config/validate"] = "admin",
        ["POST /api/v1/pipelines"] = "admin",
        ["POST /api/v1/pipelines/validate"] = "admin",
        ["GET /api/v1/pipelines/{name}/file"] = "admin",
        ["PUT /api/v1/pipelines/{name}/file"] = "admin",
        ["DELETE /api/v1/pipelines/{name}"] = "admin",
        ["GET /api/v1/pipelines/{name}/history"] = "admin",
        ["POST /api/v1/pipelines/{name}/history/{id}/revert"] = "admin",
        ["GET /api/v1/dead-letters"] = "operator",
        ["GET /api/v1/dead-letters/{id}"] = "operator",
        ["POST /api/v1/dead-letters/{id}/discard"] = "operator",
        ["POST /api/v1/dead-letters/retry"] = "operator",
        ["GET /api/v1/pipelines/{name}/timeline"] = "viewer",
        ["GET /api/v1/pipelines"] = "viewer",
        ["GET /api/v1/pipelines/{name}"] = "viewer",
        ["POST /api/v1/pipelines/{name}/pause"] = "operator",
        ["POST /api/v1/pipelines/{name}/resume"] = "operator",
        ["POST /api/v1/pipelines/{name}/trigger"] = "operator",
        ["POST /api/v1/pipelines/bulk"] = "operator",
        ["GET /api/v1/errors"] = "viewer",
        ["GET /api/v1/errors/{id}"] = "viewer",
        ["POST /api/v1/errors/{id}/resolve"] = "operator",
        ["POST /api/v1/errors/resolve"] = "operator",
        ["POST /api/v1/sync-admin/manual-trigger"] = "operator",
        ["GET /api/v1/sync-admin/jobs"] = "viewer",
        ["GET /api/v1/sync-admin/jobs/{id}"] = "viewer",
        ["GET /api/v1/sync-admin/jobs/{id}/progress"] = "viewer",
        ["GET /api/v1/sync-admin/jobs/{id}/progress/stream"] = "viewer",
        ["POST /api/v1/sync-admin/jobs/{id}/cancel"] = "operator",
        ["GET /api/v1/queue"] = "viewer",
        ["GET /api/v1/records"] = "operator",
        ["GET /api/v1/receipts"] = "viewer",
        ["GET /api/v1/receipts/{id}"] = "viewer",
        ["POST /api/v1/receipts/check"] = "operator",
        ["GET /api/v1/sync-monitoring/health-overview"] = "viewer",
        ["GET /api/v1/sync-monitoring/performance-history"] = "viewer",
        ["GET /api/v1/sync-monitoring/dashboard"] = "viewer",
        ["GET /api/v1/sync-monitoring/metrics"] = "viewer",
        ["GET /api/v1/runs"] = "viewer",
        ["GET /api/v1/runs/{id}"] = "viewer",
        ["GET /api/v1/runs/{id}/units"] = "viewer",
        ["GET /api/v1/runs/{id}/gaps"] = "operator",
        ["GET /api/v1/runs/{id}/errors"] = "viewer",
        ["GET /api/v1/runs/{id}/records"] = "operator",
        ["GET /api/v1/runs/{id}/receipt"] = "viewer",
        ["GET /api/v1/units"] = "viewer",
        ["GET /api/v1/nodes"] = "viewer",
        ["POST /api/v1/nodes/{id}/drain"] = "admin",
        ["POST /api/v1/nodes/{id}/activate"] = "admin",
        ["GET /openapi/{documentName}.json"] = "",
        ["GET /health"] = "",
        ["GET /health/live"] = "",
        ["GET /health/ready"] = "",
        ["GET /health/detailed"] = "viewer",
        ["GET /metrics"] = OfAll,
    };

    private static readonly string[] Roles = ["viewer", "operator", "admin"];

    [Fact]
    public async Task The_table_names_every_endpoint_and_no_other()
    {
        await using var server = await ServerFixture.StartAsync();

        EndpointsOf(server).Order().ShouldBe(Table.Keys.Order());
    }

    [Fact]
    public async Task Every_endpoint_lets_in_who_the_table_says_and_nobody_else()
    {
        await using var server = await ServerFixture.StartAsync();
        var callers = await CallersAsync(server);
        var wrong = new List<string>();
        foreach (var endpoint in EndpointsOf(server))
        {
            foreach (var (name, client, role) in callers)
            {
                var status = await StatusAsync(client, endpoint);
                var expected = Expected(Table.GetValueOrDefault(endpoint, "?"), role);
                if (!Fits(status, expected) && !IsHealth(endpoint, status))
                {
                    wrong.Add($"{endpoint} as {name}: {(int)status} instead of {expected}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    /// <summary>What keeps somebody out, or null when they are let in.</summary>
    private static HttpStatusCode? Expected(string needed, string? role)
    {
        if (needed.Length == 0)
        {
            return null;
        }
        if (role is null)
        {
            return HttpStatusCode.Unauthorized;
        }
        // What names every pipeline is not for a caller who may see some of them only.
        if (needed == OfAll)
        {
            return role == Limited ? HttpStatusCode.Forbidden : null;
        }
        var isEnough =
            Array.IndexOf(Roles, role == Limited ? "viewer" : role) >= Array.IndexOf(Roles, needed)
            && Roles.Contains(needed);
        return isEnough ? null : HttpStatusCode.Forbidden;
    }

    /// <summary>Who is let in may still have sent nothing useful, but breaks nothing.</summary>
    private static bool Fits(HttpStatusCode status, HttpStatusCode? expected) =>
        expected is not null
            ? status == expected
            : status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && (int)status < 500;

    /// <summary>That the server is not well is what these are there to say.</summary>
    private static bool IsHealth(string endpoint, HttpStatusCode status) =>
        endpoint.StartsWith("GET /health") && status == HttpStatusCode.ServiceUnavailable;

    private static List<string> EndpointsOf(ServerFixture server) =>
        [
            .. server
                .Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .SelectMany(endpoint =>
                    (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method =>
                        $"{method} {PathOf(endpoint.RoutePattern)}"
                    )
                ),
        ];

    private static string PathOf(RoutePattern pattern) =>
        "/" + Constraint().Replace(pattern.RawText!.Trim('/'), "{$1}");

    private static async Task<List<(string Name, HttpClient Client, string? Role)>> CallersAsync(ServerFixture server)
    {
        var expired = await server.NewKeyAsync(
            new KeyRequest("expired", AccessRole.Admin, "test") { ExpiresAt = server.Clock.Now }
        );
        var revoked = await server.NewKeyAsync(new KeyRequest("revoked", AccessRole.Admin, "test"));
        // Somebody else has to be there before the last administrator may go.
        var admin = server.Admin;
        (await server.Home.ApiKeys.RevokeAsync(revoked.Key.Id, "test", TestContext.Current.CancellationToken)).ShouldBe(
            AccessOutcome.Done
        );
        return
        [
            ("nobody", server.Anonymous, null),
            ("an expired key", server.Client(expired.Text), null),
            ("a revoked key", server.Client(revoked.Text), null),
            ("viewer", server.Viewer, "viewer"),
            ("a limited viewer", server.As(AccessRole.Viewer, "sellers"), Limited),
            ("operator", server.Operator, "operator"),
            ("admin", admin, "admin"),
        ];
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string endpoint)
    {
        var (method, path) = (
            endpoint.Split(' ')[0],
            Constraint().Replace(endpoint.Split(' ')[1].Replace("{id}", "1"), "nothing")
        );
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT" or "PATCH")
        {
            request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        }
        using var response = await client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
        // Not telling a wrong password from a missing login would hide a hole.
        return
            path.EndsWith("/login")
            && response.StatusCode == HttpStatusCode.Unauthorized
            && (await response.CodeAsync()) == "login_failed"
            ? HttpStatusCode.OK
            : response.StatusCode;
    }

    [GeneratedRegex(@"\{\*{0,2}(\w+)[^}]*\}")]
    private static partial Regex Constraint();
}
