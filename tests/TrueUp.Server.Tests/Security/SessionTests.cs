using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TrueUp.Server.Security;
using TrueUp.Server.Security.Requests;
using TrueUp.Server.Tests.Testing;
using TrueUp.Store.Access;

namespace TrueUp.Server.Tests.Security;

/// <summary>People who log in.</summary>
public sealed class SessionTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task A_login_gives_a_cookie_that_only_this_site_and_no_script_can_use()
    {
        await using var server = await ServerFixture.StartAsync();
        await AddAsync(server, "ada");

        using var response = await LogInAsync(server, "Ada", Password);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.ReadAsync()).GetProperty("name").GetString().ShouldBe("user:ada");
        var cookie = response.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldStartWith(Sessions.Cookie + "=");
        cookie.ShouldContain("; samesite=strict; httponly");
    }

    [Fact]
    public async Task A_session_may_do_what_the_users_role_may()
    {
        await using var server = await ServerFixture.StartAsync();
        await AddAsync(server, "ada", AccessRole.Admin);
        await AddAsync(server, "bob", AccessRole.Viewer);

        (await SendAsync(server, await CookieAsync(server, "ada"))).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(server, await CookieAsync(server, "bob"))).ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(server, $"{Sessions.Cookie}=garbage")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_change_by_cookie_needs_the_header_that_another_site_cannot_send()
    {
        await using var server = await ServerFixture.StartAsync();
        await AddAsync(server, "ada");
        var cookie = await CookieAsync(server, "ada");

        (await SendAsync(server, cookie, HttpMethod.Post, "/api/v1/audit/check")).ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(server, cookie, HttpMethod.Post, "/api/v1/auth/logout")).ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(server, cookie, HttpMethod.Post, "/api/v1/audit/check", true)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("logout")]
    [InlineData("disabled")]
    [InlineData("password")]
    [InlineData("role")]
    [InlineData("deleted")]
    [InlineData("time")]
    public async Task A_session_ends_everywhere_at_once(string reason)
    {
        await using var server = await ServerFixture.StartAsync();
        await AddAsync(server, "ada");
        await AddAsync(server, "eve");
        var cookie = await CookieAsync(server, "ada");
        (await SendAsync(server, cookie)).ShouldBe(HttpStatusCode.OK);

        switch (reason)
        {
            case "logout":
                await SendAsync(server, cookie, HttpMethod.Post, "/api/v1/auth/logout", true);
                break;
            case "deleted":
                (await server.Home.Users.DeleteAsync("ada", Cancel)).ShouldBe(AccessOutcome.Done);
                break;
            case "time":
                server.Clock.Advance(TimeSpan.FromHours(12) + TimeSpan.FromSeconds(1));
                break;
            default:
                var change = new UserChange(
                    reason == "role" ? AccessRole.Viewer : null,
                    reason == "password" ? "hash" : null,
                    reason == "disabled" ? true : null
                );
                (await server.Home.Users.ChangeAsync("ada", change, Cancel)).ShouldBe(AccessOutcome.Done);
                break;
        }

        (await SendAsync(server, cookie)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Wrong_passwords_unknown_names_and_disabled_users_get_the_same_answer()
    {
        await using var server = await ServerFixture.StartAsync();
        await AddAsync(server, "ada");
        await AddAsync(server, "bob");
        await server.Home.Users.ChangeAsync("bob", new UserChange(null, null, IsDisabled: true), Cancel);

        var answers = new List<string>();
        foreach (var (name, password) in new[] { ("ada", "wrong"), ("carl", Password), ("bob", Password) })
        {
            using var response = await LogInAsync(server, name, password);
            response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            var body = await response.ReadAsync();
            answers.Add($"{body.GetProperty("code").GetString()}: {body.GetProperty("detail").GetString()}");
        }

        answers.Distinct().ShouldHaveSingleItem().ShouldContain("login_failed");
    }

    [Fact]
    public void A_name_nobody_has_costs_a_hash_as_well()
    {
        var passwords = new Passwords();
        var hash = passwords.Hash(Password);

        // What makes it as slow is that a hash is checked, with as many rounds: the hash of nobody is of the same form.
        passwords.Check(null, Password, out var newer).ShouldBeFalse();
        newer.ShouldBeNull();
        var rounds = Convert.FromHexString("00033450");
        Convert.FromBase64String(hash).AsSpan(5, 4).SequenceEqual(rounds).ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_guesses_a_password_is_locked_out_by_name_wherever_they_come_from()
    {
        await using var server = await ServerFixture.StartAsync();
        await AddAsync(server, "ada");
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await LogInAsync(server, "ada", "wrong", $"192.0.2.{i + 10}");
            wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using var locked = await LogInAsync(server, "ada", Password, "192.0.2.50");

        locked.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        locked.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        (await LogInAsync(server, "ada", Password)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await LogInAsync(server, "ada", "wrong")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await LogInAsync(server, "ada", Password)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_tries_many_names_is_locked_out_by_address()
    {
        await using var server = await ServerFixture.StartAsync();
        await AddAsync(server, "ada");
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await LogInAsync(server, $"name{i}", "wrong");
            wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await LogInAsync(server, "ada", Password)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await LogInAsync(server, "ada", Password, "192.0.2.77")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_keys_of_sessions_are_readable_by_their_owner_alone()
    {
        await using var server = await ServerFixture.StartAsync();
        await AddAsync(server, "ada");
        await CookieAsync(server, "ada");

        var files = Directory.GetFiles(Path.Combine(server.HomeFolder, "keys"), "session-*.xml");
        var file = files.ShouldHaveSingleItem();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task AddAsync(ServerFixture server, string name, AccessRole role = AccessRole.Admin)
    {
        var hash = server.Services.GetRequiredService<Passwords>().Hash(Password);
        (await server.Home.Users.CreateAsync(name, role, hash, "test", Cancel)).ShouldBe(AccessOutcome.Done);
    }

    private static async Task<HttpResponseMessage> LogInAsync(
        ServerFixture server,
        string name,
        string password,
        string address = "192.0.2.1"
    )
    {
        using var client = server.Client(null);
        client.DefaultRequestHeaders.Add(AddressFilter.Header, address);
        return await client.PostAsync("/api/v1/auth/login", new { name, password });
    }

    private static async Task<string> CookieAsync(ServerFixture server, string name)
    {
        using var response = await LogInAsync(server, name, Password);
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static async Task<HttpStatusCode> SendAsync(
        ServerFixture server,
        string cookie,
        HttpMethod? method = null,
        string path = "/api/v1/users",
        bool isOurs = false
    )
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        request.Headers.Add("Cookie", cookie);
        if (isOurs)
        {
            request.Headers.Add(CrossSiteGuard.Header, "1");
        }
        using var response = await server.Anonymous.SendAsync(request, Cancel);
        return response.StatusCode;
    }
}
