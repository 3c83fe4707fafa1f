using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using TrueUp.Server.Tests.Testing;

namespace TrueUp.Server.Tests.Api;

/// <summary>Requests nobody should send, to every endpoint of the document.</summary>
public sealed class HostileTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const int RequestsSent = 1000;

    private readonly HttpClient _client = server.As(null);

    private static readonly string[] Values =
    [
        "",
        "null",
        "-1",
        "99999999999999999999",
        "..%2F..%2Fetc%2Fpasswd",
        "%00",
        "%C0%AE",
        "%FF",
        "'%20OR%201=1--",
        "\"};DROP%20TABLE%20sync_jobs",
        "%F0%9F%92%A5",
        "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "2026-13-45T99:99:99Z",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z",
        "true",
        "COMPLETED",
        "sellers",
        "7d",
        "{0}",
        "%n%s",
        new('a', 600),
    ];

    private static readonly string[] Members =
    [
        "entity_type",
        "unit",
        "tournament_no",
        "priority",
        "reason",
        "verify_only",
        "note",
        "ids",
        "names",
        "action",
        "pipeline",
        "limit",
        "__proto__",
        "$type",
    ];

    private static Gen<JsonNode?> Json(int depth) =>
        depth == 0
            ? Gen.OneOf(
                Gen.Elements(Values).Select(v => (JsonNode?)JsonValue.Create(Uri.UnescapeDataString(v))),
                Gen.Choose(-5, 5).Select(n => (JsonNode?)JsonValue.Create(n)),
                Gen.Elements("NORMAL", "TRIGGER", "PAUSE", "sellers", "\u0000", "\ud83d").Select(v => (JsonNode?)v),
                Gen.Elements<JsonNode?>(null, JsonValue.Create(true), JsonValue.Create(1e300))
            )
            : Gen.OneOf(
                Json(0),
                Few(Json(depth - 1)).Select(items => (JsonNode?)new JsonArray([.. items.Select(Copy)])),
                Few(Gen.Zip(Gen.Elements(Members), Json(depth - 1))).Select(members => (JsonNode?)Object(members))
            );

    private static Gen<T[]> Few<T>(Gen<T> gen) => Gen.Choose(0, 4).SelectMany(gen.ArrayOf);

    private static Gen<string> Body { get; } =
        Gen.Frequency(
            (6, Json(2).Select(node => node?.ToJsonString() ?? "null")),
            (1, Gen.Elements("", "{", "[[[[", "\"", "{\"a\":", "nul", "{}", "[]", new string('[', 5000)))
        );

    private static Gen<Request> Requests(Endpoint[] endpoints) =>
        from endpoint in Gen.Elements(endpoints)
        from value in Gen.Elements(Values)
        from query in Few(
            Gen.Zip(
                Gen.OneOf(Gen.Elements(endpoint.Parameters), Gen.Elements("x", "limit", "__proto__", "after")),
                Gen.Elements(Values)
            )
        )
        from body in Body
        from type in Gen.Frequency((8, Gen.Constant("application/json")), (1, Gen.Constant("text/plain")))
        from accept in Gen.Elements("*/*", "application/json", "text/html", "image/png")
        from role in Gen.Elements("admin", "viewer")
        select new Request(endpoint, value, query, body, type, accept, role);

    [Fact]
    public async Task Nothing_anybody_sends_is_answered_with_500_or_without_problem_details()
    {
        server.AddPipeline("sellers");
        await server.RunAsync("sellers");
        var endpoints = Endpoints(await server.GetAsync("/openapi/v1.json"));
        endpoints.Length.ShouldBeGreaterThan(35);
        Cases.Check(Requests(endpoints), SendAsync, RequestsSent);
    }

    private async Task SendAsync(Request request)
    {
        var value = request.Value.Length == 0 ? "x" : request.Value;
        var path = string.Join(
            '/',
            request.Endpoint.Path.Split('/').Select(part => part.StartsWith('{') ? value : part)
        );
        var query = string.Join('&', request.Query.Select(q => $"{q.Item1}={q.Item2}"));
        var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        using var message = new HttpRequestMessage(
            request.Endpoint.Method,
            new Uri($"{server.Client.BaseAddress}{path[1..]}{(query.Length == 0 ? "" : "?" + query)}", options)
        );
        if (request.Endpoint.Method == HttpMethod.Post)
        {
            message.Content = new StringContent(request.Body, Encoding.UTF8, request.Type);
        }
        message.Headers.Add("Accept", request.Accept);
        message.Headers.Add("X-Role", request.Role);
        message.Headers.Add("Idempotency-Key", request.Value.Length == 0 ? "k" : request.Value);
        using var answer = await _client.SendAsync(message, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBeLessThan(500, $"{message.RequestUri} {request.Body} {body}");
        if ((int)answer.StatusCode >= 400 && !FromListener(answer, body))
        {
            answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json", message.ToString());
            var problem = JsonNode.Parse(body)!;
            problem["code"]!.ToString().ShouldNotBeEmpty();
            problem["suggestion"]!.ToString().ShouldNotBeEmpty();
            body.ShouldNotContain("   at ");
            body.ShouldNotContain("Exception");
        }
    }

    // What is no HTTP the listener itself refuses, with a status and nothing else.
    private static bool FromListener(HttpResponseMessage answer, string body) =>
        answer.StatusCode == HttpStatusCode.BadRequest && body.Length == 0;

    private static Endpoint[] Endpoints(JsonNode document) =>
        [
            .. document["paths"]!
                .AsObject()
                .SelectMany(path =>
                    path.Value!.AsObject()
                        .Where(o => o.Key is "get" or "post")
                        .Where(_ => !path.Key.EndsWith("/stream", StringComparison.Ordinal))
                        .Select(o => new Endpoint(
                            path.Key,
                            o.Key == "get" ? HttpMethod.Get : HttpMethod.Post,
                            [
                                "x",
                                .. (o.Value!["parameters"]?.AsArray() ?? [])
                                    .Where(p => p!["in"]!.ToString() == "query")
                                    .Select(p => p!["name"]!.ToString()),
                            ]
                        ))
                ),
        ];

    private static JsonNode? Copy(JsonNode? node) => node?.DeepClone();

    private static JsonObject Object((string Name, JsonNode? Value)[] members)
    {
        var result = new JsonObject();
        foreach (var (name, value) in members)
        {
            result[name] = Copy(value);
        }
        return result;
    }

    private sealed record Endpoint(string Path, HttpMethod Method, string[] Parameters);

    private sealed record Request(
        Endpoint Endpoint,
        string Value,
        (string, string)[] Query,
        string Body,
        string Type,
        string Accept,
        string Role
    );
}
