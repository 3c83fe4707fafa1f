using System.Net;
using TrueUp.Server.Security;
using TrueUp.Server.Tests.Testing;
using TrueUp.Store.Access;

namespace TrueUp.Server.Tests.Security;

/// <summary>Callers with a key.</summary>
public sealed class KeyAuthenticationTests
{
    [Fact]
    public async Task Somebody_without_a_key_is_told_how_to_send_one()
    {
        await using var server = await ServerFixture.StartAsync();

        using var response = await server.Anonymous.GetAsync("/api/v1/keys", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer realm=\"trueup\"");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldContain("\"code\":\"unauthenticated\"");
    }

    [Theory]
    [InlineData(AccessRole.Viewer, HttpStatusCode.Forbidden)]
    [InlineData(AccessRole.Operator, HttpStatusCode.Forbidden)]
    [InlineData(AccessRole.Admin, HttpStatusCode.OK)]
    public async Task A_key_may_do_what_its_role_may(AccessRole role, HttpStatusCode expected)
    {
        await using var server = await ServerFixture.StartAsync();

        using var response = await server.As(role).GetAsync("/api/v1/keys", Cancel);

        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task The_bootstrap_key_is_made_once()
    {
        await using var server = await ServerFixture.StartAsync();
        var bootstrap = new BootstrapKey(server.Home);

        var key = await bootstrap.CreateAsync(Cancel);
        (await bootstrap.CreateAsync(Cancel)).ShouldBeNull();

        using var client = server.Client(key);
        (await client.GetAsync("/api/v1/keys", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
