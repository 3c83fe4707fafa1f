using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TrueUp.Audit;
using TrueUp.Server.Security;
using TrueUp.Server.Settings;
using TrueUp.Sides;

namespace TrueUp.Server.Tests.Api;

public sealed class ConventionTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string Trigger = "/api/v1/sync-admin/manual-trigger";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v1/runs?pipelin=x", "unknown_parameter", "pipelin")]
    [InlineData("/api/v1/runs?limit=0", "bad_value", "limit")]
    [InlineData("/api/v1/runs?limit=1001", "bad_value", "limit")]
    [InlineData("/api/v1/runs?limit=ten", "bad_value", "limit")]
    [InlineData("/api/v1/runs?limit=1&limit=2", "repeated_parameter", "limit")]
    [InlineData("/api/v1/runs?status=DONE", "bad_value", "status")]
    [InlineData("/api/v1/runs?status=1", "bad_value", "status")]
    [InlineData("/api/v1/runs?from=yesterday", "bad_value", "from")]
    [InlineData("/api/v1/runs?from=2026-01-01T00:00", "bad_value", "from")]
    [InlineData("/api/v1/runs?after=../../etc", "bad_value", "after")]
    [InlineData("/api/v1/errors?after=-1", "bad_value", "after")]
    [InlineData("/api/v1/errors?resolved=maybe", "bad_value", "resolved")]
    [InlineData("/api/v1/errors?pipeline=a%00b", "bad_value", "pipeline")]
    [InlineData("/api/v1/sync-monitoring/metrics?period=1y", "bad_value", "period")]
    [InlineData("/api/v1/queue?x", "unknown_parameter", "x")]
    public async Task A_query_that_is_not_understood_is_refused_and_says_where(string path, string code, string at)
    {
        var problem = await ProblemAsync(HttpMethod.Get, path, 400);
        problem["findings"]![0]!["code"]!.ToString().ShouldBe(code);
        problem["findings"]![0]!["path"]!.ToString().ShouldBe(at);
        problem["findings"]![0]!["suggestion"]!.ToString().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_query_is_said_at_once()
    {
        var problem = await ProblemAsync(HttpMethod.Get, "/api/v1/runs?limit=0&status=x&y=1", 400);
        problem["findings"]!.AsArray().Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("", "bad_body")]
    [InlineData("null", "bad_body")]
    [InlineData("{", "bad_json")]
    [InlineData("[]", "bad_json")]
    [InlineData("""{"entity_type":"a","who":"me"}""", "unknown_member")]
    [InlineData("""{"entity_type":"a","triggered_by":"me"}""", "unknown_member")]
    [InlineData("""{"reason":"a"}""", "missing_member")]
    [InlineData("""{"entity_type":null}""", "bad_value")]
    [InlineData("""{"entity_type":7}""", "bad_value")]
    [InlineData("""{"entity_type":"a","priority":"URGENT"}""", "bad_value")]
    [InlineData("""{"entity_type":"a","priority":1}""", "bad_value")]
    [InlineData("""{"entity_type":"a","entity_type":"b"}""", "repeated_member")]
    public async Task A_body_that_is_not_understood_is_refused(string body, string code)
    {
        var problem = await ProblemAsync(HttpMethod.Post, Trigger, 400, body);
        problem["findings"]![0]!["code"]!.ToString().ShouldBe(code);
        problem.ToJsonString().ShouldNotContain("TrueUp.");
        problem.ToJsonString().ShouldNotContain("System.");
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_no_JSON_is_refused_as_such()
    {
        var huge = $$"""{"entity_type":"{{new string('a', 1_100_000)}}"}""";
        (await ProblemAsync(HttpMethod.Post, Trigger, 413, huge))["code"]!.ToString().ShouldBe("body_too_large");
        (await ProblemAsync(HttpMethod.Post, Trigger, 415, "a=b", "application/x-www-form-urlencoded"))["code"]!
            .ToString()
            .ShouldBe("not_json");
    }

    [Fact]
    public async Task A_shorter_limit_of_bodies_holds_from_the_next_request_on()
    {
        var body = $$"""{"entity_type":"{{new string('a', 3000)}}"}""";
        (await ProblemAsync(HttpMethod.Post, Trigger, 404, body))["code"]!.ToString().ShouldBe("not_found");
        var board = server.Services.GetRequiredService<SettingsBoard>();
        var before = board.Current;
        try
        {
            board.Set(before with { Limits = before.Limits with { BodyBytes = 2048 } });

            (await ProblemAsync(HttpMethod.Post, Trigger, 413, body))["code"]!.ToString().ShouldBe("body_too_large");
        }
        finally
        {
            board.Set(before);
        }
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v2/runs")]
    [InlineData("/api/v1/runs/../../etc/passwd")]
    [InlineData("/api/v1/runs/%2e%2e%2f%2e%2e%2fetc")]
    [InlineData("/api/v1/runs/..%2F..%2Ftrueup.db/receipt")]
    [InlineData("/api/v1/receipts/..%5C..%5Ctrueup.db")]
    [InlineData("/api/v1/receipts/01ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("/api/v1/errors/99999999999999999999999")]
    [InlineData("/api/v1/pipelines/%2e%2e")]
    [InlineData("/api/v1/sync-admin/jobs/x")]
    public async Task What_is_not_there_is_404_whatever_its_name(string path) =>
        await ProblemAsync(HttpMethod.Get, path, 404);

    [Fact]
    public async Task Methods_are_answered_as_HTTP_says()
    {
        (await ProblemAsync(HttpMethod.Delete, "/api/v1/runs", 405))["code"]!.ToString().ShouldBe("method_not_allowed");
        using var head = await SendAsync(HttpMethod.Head, "/api/v1/runs");
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await head.Content.ReadAsByteArrayAsync(Token)).ShouldBeEmpty();
        using var options = await SendAsync(HttpMethod.Options, "/api/v1/runs");
        options.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        options.Content.Headers.Allow.ShouldContain("GET");
    }

    [Fact]
    public async Task Who_is_unknown_or_may_not_is_told_so_as_a_problem()
    {
        using var nobody = server.As(null);
        using var unknown = await nobody.GetAsync("/api/v1/runs", Token);
        unknown.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        JsonNode.Parse(await unknown.Content.ReadAsStringAsync(Token))!["code"]!.ToString().ShouldBe("unauthenticated");
        using var viewer = server.As(Roles.Viewer);
        using var refused = await viewer.GetAsync("/api/v1/records", Token);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        JsonNode.Parse(await refused.Content.ReadAsStringAsync(Token))!["code"]!.ToString().ShouldBe("forbidden");
    }

    [Fact]
    public async Task Pages_that_follow_each_other_show_every_run_once()
    {
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            ids.Add(await server.RunAsync("paged"));
        }
        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = await server.GetAsync(
                "/api/v1/runs?pipeline=paged&limit=3" + (next is null ? "" : $"&after={next}")
            );
            seen.AddRange(page["items"]!.AsArray().Select(run => run!["run_id"]!.ToString()));
            next = page["next"]?.ToString();
        } while (next is not null);
        seen.ShouldBe(Enumerable.Reverse(ids));
    }

    [Fact]
    public async Task A_viewer_sees_errors_without_keys_and_only_in_the_own_scope()
    {
        await server.RunAsync(
            "redacted",
            during: async run =>
                await run.ErrorAsync(
                    new AuditError("", ErrorType.Validation, Severity.High, "The record AA12679 is bad.", "Mend it.")
                    {
                        Key = "AA12679",
                        StackTrace = "at X.Y()",
                    },
                    Token
                )
        );
        var full = (await server.GetAsync("/api/v1/errors?pipeline=redacted"))["items"]![0]!;
        full["record_key"]!.ToString().ShouldBe("AA12679");
        var seen = (await server.GetAsync("/api/v1/errors?pipeline=redacted", server.As(Roles.Viewer)))["items"]![0]!;
        seen.ToJsonString().ShouldNotContain("AA12679");
        seen["stack_trace"].ShouldBeNull();
        var scoped = server.As(Roles.Operator, "another");
        (await server.GetAsync("/api/v1/errors", scoped))["items"]!.AsArray().ShouldBeEmpty();
        using var hidden = await scoped.GetAsync($"/api/v1/errors/{full["id"]}", Token);
        hidden.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_error_is_resolved_once_with_a_note()
    {
        await server.RunAsync(
            "resolves",
            during: async run =>
                await run.ErrorAsync(new AuditError("", ErrorType.Network, Severity.Low, "It broke.", "Wait."), Token)
        );
        var id = (await server.GetAsync("/api/v1/errors?pipeline=resolves"))["items"]![0]!["id"]!.ToString();
        var path = $"/api/v1/errors/{id}/resolve";
        (await server.PostAsync(path, new { note = " " })).Status.ShouldBe(400);
        var first = await server.PostAsync(path, new { note = "replaced the cable" });
        (first.Status, first.Body!["resolution_notes"]!.ToString()).ShouldBe((200, "replaced the cable"));
        (await server.PostAsync(path, new { note = "replaced the cable" })).Status.ShouldBe(200);
        (await server.PostAsync(path, new { note = "another" })).Status.ShouldBe(409);
        var bulk = await server.PostAsync("/api/v1/errors/resolve", new { ids = new[] { 4_000_000 }, note = "x" });
        bulk.Body!["not_found"]!.AsArray().Count.ShouldBe(1);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        string? body = null,
        string type = "application/json"
    )
    {
        var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        using var request = new HttpRequestMessage(method, new Uri(server.Client.BaseAddress + path[1..], options));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, type);
        return await server.Client.SendAsync(request, Token);
    }

    private async Task<JsonNode> ProblemAsync(
        HttpMethod method,
        string path,
        int status,
        string? body = null,
        string type = "application/json"
    )
    {
        using var answer = await SendAsync(method, path, body, type);
        var text = await answer.Content.ReadAsStringAsync(Token);
        ((int)answer.StatusCode).ShouldBe(status, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return JsonNode.Parse(text)!;
    }
}
