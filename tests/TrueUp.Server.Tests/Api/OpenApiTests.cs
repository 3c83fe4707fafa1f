using System.Text.Json;
using System.Text.Json.Nodes;

namespace TrueUp.Server.Tests.Api;

public sealed class OpenApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch"];

    private static readonly string[] Open = ["log_in", "log_out", "who_am_i"];

    [Fact]
    public async Task The_document_is_the_one_in_docs()
    {
        var document = await server.GetAsync("/openapi/v1.json", server.As(null));
        document["openapi"]!.ToString().ShouldStartWith("3.1");
        ApiGolden.ShouldBeAsIn(document.ToJsonString(Readable), "docs", "openapi.json");
    }

    [Fact]
    public async Task Operations_have_names_of_their_own_and_those_with_a_role_say_what_they_do_and_how_they_fail()
    {
        var document = await server.GetAsync("/openapi/v1.json");
        var operations = document["paths"]!
            .AsObject()
            .Where(path => path.Key.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(path => path.Value!.AsObject().Where(o => Methods.Contains(o.Key)).Select(o => o.Value!))
            .ToList();
        operations.Count.ShouldBeGreaterThan(60);
        operations.Select(o => o["operationId"]!.ToString()).ShouldBeUnique();
        foreach (var operation in operations)
        {
            var name = operation["operationId"]!.ToString();
            operation["summary"]!.ToString().ShouldNotBeEmpty();
            if (!Open.Contains(name))
            {
                operation["x-role"]!.ToString().ShouldBeOneOf("viewer", "operator", "admin");
            }
            var responses = operation["responses"]!.AsObject();
            responses["400"]!["content"]!["application/problem+json"].ShouldNotBeNull();
            var (status, answer) = responses.First(r => r.Key.StartsWith('2'));
            (status == "204" || answer!["content"]!.AsObject().First().Value!["schema"] is not null).ShouldBeTrue(name);
        }
    }
}
