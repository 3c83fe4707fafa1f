using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using TrueUp.Server.Settings;
using TrueUp.Server.Tests.Testing;
using TrueUp.Sides;
using TrueUp.Store.Access;
using TrueUp.Testing;

namespace TrueUp.Server.Tests.Security;

/// <summary>What every request goes through.</summary>
public sealed class RequestTests
{
    [Theory]
    [InlineData("/api/v1/keys", "default-src 'none'; frame-ancestors 'none'")]
    [InlineData("/", "default-src 'self'; script-src 'self'; ")]
    public async Task Every_answer_tells_browsers_what_not_to_do(string path, string policy)
    {
        await using var server = await ServerFixture.StartAsync();

        using var response = await server.Anonymous.GetAsync(path, Cancel);

        Header(response, "Content-Security-Policy").ShouldStartWith(policy);
        Header(response, "Content-Security-Policy").ShouldContain("frame-ancestors 'none'");
        Header(response, "X-Content-Type-Options").ShouldBe("nosniff");
        Header(response, "X-Frame-Options").ShouldBe("DENY");
        Header(response, "Referrer-Policy").ShouldBe("no-referrer");
        response.Headers.Contains("Server").ShouldBeFalse();
        response.Headers.CacheControl?.NoStore.ShouldBe(path.StartsWith("/api"));
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1:8080", true)]
    [InlineData("[::1]:8080", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("sync.example.com", true)]
    [InlineData("attacker.example.com", false)]
    [InlineData("127.0.0.1.attacker.example.com", false)]
    public async Task A_server_answers_only_to_its_own_names(string host, bool isOurs)
    {
        await using var server = await ServerFixture.StartAsync(settings: "server: {allowed_hosts: sync.example.com}");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/auth/me");
        request.Headers.Host = host;

        using var response = await server.Anonymous.SendAsync(request, Cancel);

        response.StatusCode.ShouldBe(isOurs ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
        if (!isOurs)
        {
            (await response.CodeAsync()).ShouldBe("host_not_allowed");
        }
    }

    [Fact]
    public async Task Callers_who_send_too_much_wait_and_then_are_refused()
    {
        await using var server = await ServerFixture.StartAsync(settings: "limits: {requests_per_minute: 6000}");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6300).Select(_ => server.Anonymous.GetAsync("/api/v1/auth/me", Cancel))
        );

        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(6300 - refused.Count);
        refused.Count.ShouldBeInRange(1, 100);
        refused[0].Headers.RetryAfter.ShouldNotBeNull();
        (await refused[0].CodeAsync()).ShouldBe("too_many_requests");
    }

    [Fact]
    public async Task A_real_server_refuses_a_body_that_is_too_large()
    {
        using var folder = new TemporaryFolder();
        await using var app = ServerHost.Build(
            new ServerOptions
            {
                Home = folder.File("home"),
                SettingsFile = folder.File("trueup.yaml"),
                Urls = "http://127.0.0.1:0",
                Connectors = new ConnectorRegistry([]),
                Version = "0",
            }
        );
        await app.StartAsync(Cancel);
        var address = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.Single();
        using var client = new HttpClient { BaseAddress = new Uri(address) };

        using var large = await client.PostAsync("/api/v1/auth/login", new { name = new string('a', 2_000_000) });
        using var small = await client.GetAsync("/api/v1/auth/me", Cancel);

        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        small.StatusCode.ShouldBe(HttpStatusCode.OK);
        small.Headers.Contains("Server").ShouldBeFalse();
        await app.StopAsync(Cancel);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.GetValues(name).ShouldHaveSingleItem();
}
