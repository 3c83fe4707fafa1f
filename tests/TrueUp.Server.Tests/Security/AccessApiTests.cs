using System.Net;
using System.Text.Json;
using TrueUp.Server.Tests.Testing;

namespace TrueUp.Server.Tests.Security;

/// <summary>Administrators manage keys and users, and read what was done.</summary>
public sealed class AccessApiTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task A_key_is_shown_once_and_works_until_it_is_revoked()
    {
        await using var server = await ServerFixture.StartAsync();
        using var created = await server.Admin.PostAsync(
            "/api/v1/keys",
            new
            {
                name = "grafana",
                role = "viewer",
                pipelines = new[] { "sellers" },
                expires_in_days = 30,
            }
        );
        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        var body = await created.ReadAsync();
        var details = body.GetProperty("details");
        using var client = server.Client(body.GetProperty("key").GetString());

        var me = await (await client.GetAsync("/api/v1/auth/me", Cancel)).ReadAsync();
        me.GetRawText()
            .ShouldBe("""{"authenticated":true,"name":"key:grafana","role":"viewer","pipelines":["sellers"]}""");
        details.GetProperty("state").GetString().ShouldBe("active");
        details.GetProperty("created_by").GetString().ShouldBe("key:Admin");

        (
            await server.Admin.DeleteAsync($"/api/v1/keys/{details.GetProperty("id").GetString()}", Cancel)
        ).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        me = await (await client.GetAsync("/api/v1/auth/me", Cancel)).ReadAsync();
        me.GetProperty("authenticated").GetBoolean().ShouldBeFalse();
        (await (await server.Admin.GetAsync("/api/v1/keys", Cancel)).Content.ReadAsStringAsync(Cancel)).ShouldContain(
            "\"state\":\"revoked\""
        );
    }

    [Theory]
    [InlineData("""{"name":"a b","role":"viewer"}""", "name")]
    [InlineData("""{"name":"ada@example.com","role":"viewer"}""", "name")]
    [InlineData("""{"role":"viewer"}""", "name")]
    [InlineData("""{"name":"a","role":"root"}""", "role")]
    [InlineData("""{"name":"a","role":"admin","pipelines":["sellers"]}""", "pipelines")]
    [InlineData("""{"name":"a","role":"viewer","pipelines":[]}""", "pipelines")]
    [InlineData("""{"name":"a","role":"viewer","pipelines":[null]}""", "pipelines")]
    [InlineData("""{"name":"a","role":"viewer","expires_in_days":0}""", "expires_in_days")]
    public async Task A_key_that_cannot_be_is_refused_with_the_field(string json, string field)
    {
        await using var server = await ServerFixture.StartAsync();

        using var response = await server.Admin.PostAsync("/api/v1/keys", JsonDocument.Parse(json).RootElement);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.ReadAsync()).GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task Rotating_gives_a_new_key_and_keeps_the_old_one_for_a_while()
    {
        await using var server = await ServerFixture.StartAsync();
        using var created = await server.Admin.PostAsync("/api/v1/keys", new { name = "a", role = "viewer" });
        var first = await created.ReadAsync();
        var id = first.GetProperty("details").GetProperty("id").GetString();

        using var tooLong = await server.Admin.PostAsync($"/api/v1/keys/{id}/rotate", new { grace_minutes = 1441 });
        using var rotated = await server.Admin.PostAsync($"/api/v1/keys/{id}/rotate", new { grace_minutes = 10 });
        using var again = await server.Admin.PostAsync($"/api/v1/keys/{id}/rotate", new { });

        tooLong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        rotated.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await again.CodeAsync()).ShouldBe("key_not_usable");
        using var old = server.Client(first.GetProperty("key").GetString());
        using var next = server.Client((await rotated.ReadAsync()).GetProperty("key").GetString());
        (await IsKnownAsync(old)).ShouldBeTrue();
        server.Clock.Advance(TimeSpan.FromMinutes(10));
        (await IsKnownAsync(old)).ShouldBeFalse();
        (await IsKnownAsync(next)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_last_administrator_cannot_be_taken_away()
    {
        await using var server = await ServerFixture.StartAsync();
        var keys = (await (await server.Admin.GetAsync("/api/v1/keys", Cancel)).ReadAsync()).GetProperty("items");
        var own = keys[0].GetProperty("id").GetString();

        using var refused = await server.Admin.DeleteAsync($"/api/v1/keys/{own}", Cancel);
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.CodeAsync()).ShouldBe("last_admin");

        await server.Admin.PostAsync(
            "/api/v1/users",
            new
            {
                name = "ada",
                role = "admin",
                password = Password,
            }
        );
        (await server.Admin.DeleteAsync($"/api/v1/keys/{own}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("""{"name":"ada","role":"viewer","password":"short"}""", 400)]
    [InlineData("""{"name":"ada-lovelace-1815","role":"viewer","password":"ADA-lovelace-1815"}""", 400)]
    [InlineData("""{"name":"Ada","role":"viewer","password":"correct horse battery"}""", 400)]
    [InlineData("""{"name":"ada","role":"viewer","password":"correct horse battery"}""", 201)]
    public async Task A_user_has_a_name_a_role_and_a_long_password(string json, int status)
    {
        await using var server = await ServerFixture.StartAsync();

        using var response = await server.Admin.PostAsync("/api/v1/users", JsonDocument.Parse(json).RootElement);

        ((int)response.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task A_user_is_changed_disabled_and_taken_out()
    {
        await using var server = await ServerFixture.StartAsync();
        await server.Admin.PostAsync(
            "/api/v1/users",
            new
            {
                name = "ada",
                role = "viewer",
                password = Password,
            }
        );

        var changed = await (await server.Admin.PutAsync("/api/v1/users/ada", new { role = "operator" })).ReadAsync();
        using var off = await server.Admin.PutAsync("/api/v1/users/ada", new { disabled = true });
        using var on = await server.Admin.PutAsync("/api/v1/users/ada", new { disabled = false });
        using var gone = await server.Admin.DeleteAsync("/api/v1/users/ada", Cancel);
        using var again = await server.Admin.DeleteAsync("/api/v1/users/ada", Cancel);

        changed.GetProperty("role").GetString().ShouldBe("operator");
        (await off.ReadAsync()).GetProperty("disabled").GetBoolean().ShouldBeTrue();
        (await on.ReadAsync()).GetProperty("disabled").GetBoolean().ShouldBeFalse();
        gone.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        again.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<bool> IsKnownAsync(HttpClient client) =>
        (await (await client.GetAsync("/api/v1/auth/me", Cancel)).ReadAsync())
            .GetProperty("authenticated")
            .GetBoolean();
}
