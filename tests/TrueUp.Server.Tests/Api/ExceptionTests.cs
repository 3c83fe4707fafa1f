using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using TrueUp.Server.Api.Conventions;
using TrueUp.Sides;

namespace TrueUp.Server.Tests.Api;

public sealed class ExceptionTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_control_database_that_is_away_is_503_and_says_when_to_try_again()
    {
        var error = new SideException(ErrorType.Database, "It is locked.", "Wait.") { Code = "audit_unavailable" };
        var (context, body) = await HandleAsync(error);
        context.Response.StatusCode.ShouldBe(503);
        context.Response.Headers.RetryAfter.ToString().ShouldBe("5");
        body["code"]!.ToString().ShouldBe("audit_unavailable");
    }

    [Fact]
    public async Task Of_what_nobody_expected_only_a_number_is_told()
    {
        var (context, body) = await HandleAsync(new InvalidOperationException("the password is hunter2"));
        context.Response.StatusCode.ShouldBe(500);
        body["correlation_id"]!.ToString().ShouldBe(context.TraceIdentifier);
        body.ToJsonString().ShouldNotContain("hunter2");
        body.ToJsonString().ShouldNotContain("InvalidOperation");
    }

    private async Task<(HttpContext Context, JsonNode Body)> HandleAsync(Exception error)
    {
        var context = new DefaultHttpContext { RequestServices = server.Services };
        using var stream = new MemoryStream();
        context.Response.Body = stream;
        var handler = new ExceptionProblems(NullLogger<ExceptionProblems>.Instance);
        (await handler.TryHandleAsync(context, error, TestContext.Current.CancellationToken)).ShouldBeTrue();
        return (context, JsonNode.Parse(stream.ToArray())!);
    }
}
