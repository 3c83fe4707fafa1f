using System.Net;
using System.Net.Http.Headers;
using FsCheck;
using FsCheck.Fluent;
using TrueUp.Server.Security;
using TrueUp.Server.Tests.Testing;
using TrueUp.Store.Access;

namespace TrueUp.Server.Tests.Security;

/// <summary>Callers with a key.</summary>
public sealed class KeyAuthenticationTests
{
    private const string Path = "/api/v1/keys";

    [Fact]
    public async Task Somebody_without_a_key_is_told_how_to_send_one()
    {
        await using var server = await ServerFixture.StartAsync();

        using var response = await server.Anonymous.GetAsync(Path, Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer realm=\"trueup\"");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await response.CodeAsync()).ShouldBe("unauthenticated");
    }

    [Fact]
    public async Task A_path_that_is_not_there_says_nothing_to_somebody_without_a_key()
    {
        await using var server = await ServerFixture.StartAsync();

        (await server.Anonymous.GetAsync("/api/v1/nothing", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.Viewer.GetAsync("/api/v1/nothing", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Expired_revoked_and_rotated_keys_are_refused_with_the_reason()
    {
        await using var server = await ServerFixture.StartAsync();
        var day = server.Clock.Now.AddDays(1);
        var expired = await server.NewKeyAsync(new KeyRequest("a", AccessRole.Viewer, "test") { ExpiresAt = day });
        var revoked = await server.NewKeyAsync(new KeyRequest("b", AccessRole.Viewer, "test"));
        var rotated = await server.NewKeyAsync(new KeyRequest("c", AccessRole.Viewer, "test"));
        await server.Home.ApiKeys.RevokeAsync(revoked.Key.Id, "test", Cancel);
        var change = await server.Home.ApiKeys.RotateAsync(rotated.Key.Id, TimeSpan.FromHours(24), "test", Cancel);

        (await CodeAsync(server, expired)).ShouldBeNull();
        (await CodeAsync(server, rotated)).ShouldBeNull();
        server.Clock.Advance(TimeSpan.FromHours(24));

        (await CodeAsync(server, expired)).ShouldBe("key_expired");
        (await CodeAsync(server, revoked)).ShouldBe("key_revoked");
        (await CodeAsync(server, rotated)).ShouldBe("key_expired");
        (await CodeAsync(server, change.Issued!)).ShouldBeNull();
    }

    [Fact]
    public async Task The_bootstrap_key_is_made_once()
    {
        await using var server = await ServerFixture.StartAsync();
        var bootstrap = new BootstrapKey(server.Home);

        var key = await bootstrap.CreateAsync(Cancel);
        (await bootstrap.CreateAsync(Cancel)).ShouldBeNull();

        using var client = server.Client(key);
        (await client.GetAsync(Path, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_guesses_keys_is_locked_out_by_address_and_let_in_again_after_the_time()
    {
        await using var server = await ServerFixture.StartAsync();
        using var guesser = server.Client("tu_aaaaaaaa_" + new string('x', 43));
        for (var i = 0; i < 5; i++)
        {
            (await guesser.GetAsync(Path, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using var locked = await server.Admin.GetAsync(Path, Cancel);
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, Path);
        elsewhere.Headers.Add(AddressFilter.Header, "192.0.2.9");

        locked.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        locked.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await locked.CodeAsync()).ShouldBe("locked_out");
        (await server.Admin.SendAsync(elsewhere, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        (await server.Admin.GetAsync(Path, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await guesser.GetAsync(Path, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.Admin.GetAsync(Path, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_program_whose_key_was_revoked_does_not_lock_others_out()
    {
        await using var server = await ServerFixture.StartAsync();
        var revoked = await server.NewKeyAsync(new KeyRequest("old", AccessRole.Viewer, "test"));
        await server.Home.ApiKeys.RevokeAsync(revoked.Key.Id, "test", Cancel);
        for (var i = 0; i < 20; i++)
        {
            (await CodeAsync(server, revoked)).ShouldBe("key_revoked");
        }

        (await server.Admin.GetAsync(Path, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whatever_stands_in_the_header_is_refused_and_breaks_nothing()
    {
        await using var server = await ServerFixture.StartAsync();
        var good = (await server.NewKeyAsync(new KeyRequest("good", AccessRole.Admin, "test"))).Text;
        var number = 0;
        var damaged =
            from at in Gen.Choose(0, good.Length - 1)
            from other in Gen.Elements("aZ09-_ \0é=+/".ToCharArray())
            select $"Bearer {good[..at]}{(other == good[at] ? (char)126 : other)}{good[(at + 1)..]}";
        var cut = Gen.Choose(0, good.Length - 1).Select(length => "bearer " + good[..length]);
        var longer = Gen.Choose(1, 5000).Select(length => $"Bearer {good}{new string('x', length)}");
        var schemes = Gen.Elements("", "Bearer", "Bearer ", "Basic " + good, good, "Bearer Bearer " + good, ", ,");
        var any = ArbMap.Default.GeneratorFor<string>().Select(text => "Bearer " + text);

        Cases.Check(
            Gen.OneOf(damaged, cut, longer, schemes, any),
            async header =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, Path);
                // Each from elsewhere, or it would be locked out.
                request.Headers.Add(AddressFilter.Header, $"198.51.{++number / 250}.{number % 250}");
                request.Headers.TryAddWithoutValidation("Authorization", header);
                using var response = await server.Anonymous.SendAsync(request, Cancel);
                response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, header);
            },
            count: 200
        );
    }

    [Fact]
    public async Task The_last_use_of_a_key_is_noted_once_a_minute()
    {
        await using var server = await ServerFixture.StartAsync();
        await server.Admin.GetAsync(Path, Cancel);
        var first = await LastUseAsync(server);
        server.Clock.Advance(TimeSpan.FromSeconds(59));
        await server.Admin.GetAsync(Path, Cancel);
        var second = await LastUseAsync(server);
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await server.Admin.GetAsync(Path, Cancel);

        first.ShouldNotBeNull();
        second.ShouldBe(first);
        (await LastUseAsync(server)).ShouldBe(first + TimeSpan.FromMinutes(1));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<DateTimeOffset?> LastUseAsync(ServerFixture server)
    {
        // What was queued before this is written when it returns.
        await server.Home.Users.EndSessionsAsync("nobody", Cancel);
        return (await server.Home.ApiKeys.ListAsync(null, 1, Cancel)).Items[0].LastUsedAt;
    }

    /// <summary>The code of the refusal, or null when the key is accepted.</summary>
    private static async Task<string?> CodeAsync(ServerFixture server, IssuedKey key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/auth/me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Text);
        using var me = await server.Anonymous.SendAsync(request, Cancel);
        if ((await me.ReadAsync()).GetProperty("authenticated").GetBoolean())
        {
            return null;
        }
        using var client = server.Client(key.Text);
        using var refused = await client.GetAsync(Path, Cancel);
        return await refused.CodeAsync();
    }
}
