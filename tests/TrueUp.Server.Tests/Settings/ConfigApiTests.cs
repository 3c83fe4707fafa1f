using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TrueUp.Server.Settings;
using TrueUp.Server.Tests.Pipelines;
using TrueUp.Server.Tests.Testing;
using TrueUp.Store.Access;
using TrueUp.Testing;

namespace TrueUp.Server.Tests.Settings;

public sealed class ConfigApiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_setting_is_read_changed_told_and_taken_back()
    {
        await using var server = await StartAsync();

        var before = await JsonAsync(server, HttpMethod.Get, "config/concurrency.server");
        (before.GetProperty("value").GetInt32(), before.GetProperty("origin").GetString()).ShouldBe((4, "default"));
        var after = await JsonAsync(
            server,
            HttpMethod.Put,
            "config/concurrency.server",
            new
            {
                value = 9,
                note = "more room",
                expected = 4,
            }
        );
        (after.GetProperty("value").GetInt32(), after.GetProperty("origin").GetString()).ShouldBe((9, "override"));
        after.GetProperty("updated_by").GetString().ShouldNotBeNullOrEmpty();

        var all = await JsonAsync(server, HttpMethod.Get, "config");
        all.GetProperty("restart_needed").GetBoolean().ShouldBeFalse();
        all.GetProperty("values").GetArrayLength().ShouldBe(SettingsReference.Keys.Count(k => !k.IsPattern));

        var history = await JsonAsync(server, HttpMethod.Get, "config/history?key=concurrency.server&limit=1");
        var entry = history.GetProperty("items")[0];
        entry.GetProperty("old_value").GetInt32().ShouldBe(4);
        entry.GetProperty("note").GetString().ShouldBe("more room");
        var back = await JsonAsync(
            server,
            HttpMethod.Post,
            $"config/history/{entry.GetProperty("id").GetInt64()}/revert",
            new { note = "no room" }
        );
        (back.GetProperty("value").GetInt32(), back.GetProperty("origin").GetString()).ShouldBe((4, "default"));
    }

    [Theory]
    [InlineData("PUT", "config/concurrency.server", """{"value": 0}""", 422, "invalid_settings")]
    [InlineData("PUT", "config/concurrency.server", """{"note": "x"}""", 422, "missing_value")]
    [InlineData("PUT", "config/concurrency.server", """{"value": 5, "expected": 6}""", 409, "conflict")]
    [InlineData("PUT", "config/server.urls", """{"value": "http://*"}""", 422, "start_only")]
    [InlineData("PUT", "config/nothing", """{"value": 5}""", 404, "not_found")]
    [InlineData("PUT", "config/concurrency.server", """{"value": 5, "note": "\u0000"}""", 422, "bad_value")]
    [InlineData("DELETE", "config/nothing", null, 404, "not_found")]
    [InlineData("POST", "config/history/99/revert", "{}", 404, "not_found")]
    [InlineData("GET", "config/history?limit=0", null, 400, "bad_request")]
    [InlineData("GET", "config/history?after=x", null, 400, "bad_request")]
    [InlineData("GET", "config/nothing", null, 404, "not_found")]
    [InlineData("PUT", "pipelines/nothing/file", """{"text": "name: x"}""", 404, "not_found")]
    [InlineData("POST", "pipelines", """{"text": "name: x"}""", 422, "invalid_pipeline")]
    [InlineData("DELETE", "pipelines/sellers", null, 422, "not_confirmed")]
    [InlineData("DELETE", "pipelines/nothing?confirm=nothing", null, 404, "not_found")]
    [InlineData("GET", "pipelines/..%2F..%2Ftrueup/file", null, 404, "not_found")]
    [InlineData("POST", "pipelines/sellers/history/99/revert", "{}", 404, "not_found")]
    public async Task What_cannot_be_is_refused(string method, string path, string? body, int status, string code)
    {
        await using var server = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1/{path}");
        request.Content = body is null ? null : new StringContent(body, null, "application/json");

        using var response = await server.Admin.SendAsync(request, Token);

        ((int)response.StatusCode).ShouldBe(status);
        (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task Only_an_administrator_sees_and_changes_the_configuration()
    {
        await using var server = await StartAsync();
        foreach (
            var path in (string[])["config", "config/history", "pipelines/sellers/file", "pipelines/sellers/history"]
        )
        {
            foreach (var role in (AccessRole[])[AccessRole.Viewer, AccessRole.Operator])
            {
                using var refused = await server.As(role).GetAsync($"/api/v1/{path}", Token);
                refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
            }
            using var unknown = await server.Anonymous.GetAsync($"/api/v1/{path}", Token);
            unknown.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
        }
    }

    [Fact]
    public async Task A_pipeline_is_created_read_tried_changed_taken_back_and_deleted()
    {
        await using var server = await StartAsync();
        var (one, two) = (PipelineWorld.Yaml("buyers", 1), PipelineWorld.Yaml("buyers", 2));
        await JsonAsync(server, HttpMethod.Post, "pipelines", new { text = one });

        var file = await JsonAsync(server, HttpMethod.Get, "pipelines/buyers/file");
        file.GetProperty("text").GetString().ShouldBe(one);
        file.GetProperty("hash").GetString().ShouldBe(file.GetProperty("hash_in_force").GetString());
        var draft = await JsonAsync(server, HttpMethod.Post, "pipelines/validate", new { text = two });
        draft.GetProperty("ok").GetBoolean().ShouldBeTrue();
        draft.GetProperty("diff").EnumerateArray().Count(l => l.GetString()![0] != ' ').ShouldBe(2);

        var hash = file.GetProperty("hash").GetString();
        await JsonAsync(server, HttpMethod.Put, "pipelines/buyers/file", new { text = two, expected_hash = hash });
        using var late = await server.Admin.PutAsJsonAsync(
            "/api/v1/pipelines/buyers/file",
            new { text = one, expected_hash = hash },
            Token
        );
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);

        var history = await JsonAsync(server, HttpMethod.Get, "pipelines/buyers/history");
        var id = history.GetProperty("items")[0].GetProperty("id").GetInt64();
        await JsonAsync(server, HttpMethod.Post, $"pipelines/buyers/history/{id}/revert", new { });
        (await JsonAsync(server, HttpMethod.Get, "pipelines/buyers/file"))
            .GetProperty("text")
            .GetString()
            .ShouldBe(one);

        await JsonAsync(server, HttpMethod.Delete, "pipelines/buyers?confirm=buyers");
        using var gone = await server.Admin.GetAsync("/api/v1/pipelines/buyers/file", Token);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_secret_in_a_file_is_not_shown_and_cannot_be_written()
    {
        await using var server = await StartAsync();

        var file = await JsonAsync(server, HttpMethod.Get, "pipelines/secret/file");
        file.GetRawText().ShouldNotContain("hunter2");
        file.GetProperty("is_redacted").GetBoolean().ShouldBeTrue();
        (await JsonAsync(server, HttpMethod.Get, "pipelines/secret/history")).GetRawText().ShouldNotContain("hunter2");
        using var refused = await server.Admin.PutAsJsonAsync(
            "/api/v1/pipelines/secret/file",
            new { text = file.GetProperty("text").GetString() },
            Token
        );
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Settings_can_be_tried_out()
    {
        await using var server = await StartAsync();

        var good = await JsonAsync(
            server,
            HttpMethod.Post,
            "config/validate",
            new
            {
                text = "recovery: {enabled: false}",
                values = new Dictionary<string, int> { ["intervals.sellers"] = 5 },
            }
        );
        good.GetProperty("changes")
            .EnumerateArray()
            .Select(c => c.GetProperty("key").GetString())
            .ShouldBe(["recovery.enabled", "intervals.sellers"], ignoreOrder: true);
        var bad = await JsonAsync(server, HttpMethod.Post, "config/validate", new { text = "recovry: {}" });
        bad.GetProperty("ok").GetBoolean().ShouldBeFalse();
        bad.GetProperty("findings")[0].GetProperty("line").GetInt32().ShouldBe(1);
    }

    [Fact]
    public void A_server_does_not_start_with_a_broken_settings_file()
    {
        using var folder = new TemporaryFolder();
        var options = new ServerOptions
        {
            Home = folder.File("home"),
            SettingsFile = folder.Write("trueup.yaml", "concurrency: {server: none}\nrecovry: {}\n"),
            Connectors = PipelineWorld.Connectors,
            Version = "0.0.0-test",
        };

        var error = Should.Throw<InvalidSettingsException>(() => ServerHost.Build(options));

        error.Findings.Select(f => f.Line).ShouldBe([1, 2]);
        InvalidSettingsException.Code.ShouldBe("invalid_settings");
    }

    private static Task<ServerFixture> StartAsync() =>
        ServerFixture.StartAsync(
            options => options with { Connectors = PipelineWorld.Connectors },
            files: new Dictionary<string, string>
            {
                ["sellers.yaml"] = PipelineWorld.Yaml("sellers"),
                ["secret.yaml"] = PipelineWorld.Yaml("secret", 3, "# password: hunter2\n"),
            }
        );

    private static async Task<JsonElement> JsonAsync(
        ServerFixture server,
        HttpMethod method,
        string path,
        object? body = null
    )
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}");
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await server.Admin.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonElement.Parse(text);
    }
}
