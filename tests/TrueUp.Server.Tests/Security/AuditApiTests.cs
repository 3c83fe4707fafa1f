using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using TrueUp.Server.Security.Requests;
using TrueUp.Server.Tests.Testing;
using TrueUp.Store.Access;

namespace TrueUp.Server.Tests.Security;

/// <summary>What is recorded of what is done to the server.</summary>
public sealed class AuditApiTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task Every_change_is_recorded_with_who_what_and_how_it_ended()
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
        await server.Admin.PostAsync(
            "/api/v1/users",
            new
            {
                name = "ada",
                role = "viewer",
                password = Password,
            }
        );
        await server.Admin.GetAsync("/api/v1/users", Cancel);
        await server.Admin.DeleteAsync("/api/v1/users/ada", Cancel);

        var entries = await EntriesAsync(server, "?limit=10");

        entries
            .Select(entry => (entry.Actor, entry.Role, entry.Address, entry.Action, entry.Object, entry.Status))
            .ShouldBe([
                ("key:Admin", "admin", "192.0.2.1", "delete_user", "ada", "204"),
                ("key:Admin", "admin", "192.0.2.1", "create_user", "ada", "409"),
                ("key:Admin", "admin", "192.0.2.1", "create_user", "ada", "201"),
            ]);
    }

    [Fact]
    public async Task The_trail_is_paged_and_filtered()
    {
        await using var server = await ServerFixture.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await server.Home.AdminTrail.AppendAsync(new AdminAction($"user:{i % 2}", "test", $"{i}"), Cancel);
            server.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        using var first = await server.Admin.GetAsync("/api/v1/audit?action=test&limit=3", Cancel);
        var next = (await first.ReadAsync()).GetProperty("next").GetString();
        var second = await EntriesAsync(server, $"?action=test&limit=3&after={next}");
        var even = await EntriesAsync(server, "?action=test&actor=user:0");
        var late = await EntriesAsync(server, "?action=test&from=2026-03-01T12:03:00Z");
        using var wrong = await server.Admin.GetAsync("/api/v1/audit?after=x", Cancel);

        second.Select(entry => entry.Object).ShouldBe(["1", "0"]);
        even.Select(entry => entry.Object).ShouldBe(["4", "2", "0"]);
        late.Select(entry => entry.Object).ShouldBe(["4", "3"]);
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_chain_is_checked_and_exported()
    {
        await using var server = await ServerFixture.StartAsync();
        await server.Admin.PostAsync("/api/v1/keys", new { name = "a", role = "viewer" });

        using var check = await server.Admin.PostAsync("/api/v1/audit/check", new { });
        var lines = (await server.Admin.GetStringAsync("/api/v1/audit/export", Cancel)).TrimEnd('\n').Split('\n');

        var body = await check.ReadAsync();
        body.GetProperty("intact").GetBoolean().ShouldBeTrue();
        body.GetProperty("entries").GetInt64().ShouldBe(1);
        lines.Length.ShouldBe(2);
        lines[0].ShouldContain($"\"hash\":\"{body.GetProperty("head_hash").GetString()}\"");
        lines[1].ShouldContain("check_audit");
    }

    [Fact]
    public async Task Whoever_is_refused_without_end_fills_no_database()
    {
        await using var server = await ServerFixture.StartAsync();
        for (var i = 0; i < 30; i++)
        {
            await server.Viewer.GetAsync("/api/v1/keys", Cancel);
        }
        for (var i = 0; i < 80; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{i}");
            request.Headers.Add(AddressFilter.Header, $"198.51.100.{i}");
            await server.Anonymous.SendAsync(request, Cancel);
        }
        var entries = await EntriesAsync(server, "?limit=1000");
        entries.Count.ShouldBe(DenialRecorder.PerMinute);
        entries[^1]
            .ShouldSatisfyAllConditions(
                entry => entry.Actor.ShouldBe("key:Viewer"),
                entry => entry.Action.ShouldBe("list_keys"),
                entry => entry.Status.ShouldBe("403")
            );

        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await server.Viewer.GetAsync("/api/v1/keys", Cancel);

        var all = await EntriesAsync(server, "?limit=1000");
        all.Sum(entry => int.Parse(entry.Unrecorded!)).ShouldBe(30 + 80 - DenialRecorder.PerMinute);
    }

    [Fact]
    public async Task Nobody_fills_the_trail_by_logging_out_or_sending_nonsense()
    {
        await using var server = await ServerFixture.StartAsync();
        for (var i = 0; i < 10; i++)
        {
            await server.Anonymous.PostAsync("/api/v1/auth/logout", new { });
            await server.Anonymous.PostAsync("/api/v1/auth/login", new { name = "?", password = "?" });
        }

        (await EntriesAsync(server, "")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_secret_is_in_no_answer_but_its_first_in_no_log_and_in_no_record()
    {
        var log = new MemoryLog();
        await using var server = await ServerFixture.StartAsync(configure: builder =>
            builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)
        );
        const string Wrong = "wrong-horse-battery-staple";
        using var created = await server.Admin.PostAsync("/api/v1/keys", new { name = "a", role = "admin" });
        var key = (await created.ReadAsync()).GetProperty("key").GetString()!;
        var secrets = new[] { key, key[12..], Password, Wrong };
        var answers = new StringBuilder();
        using var client = server.Client(key);
        foreach (
            var send in new Func<Task<HttpResponseMessage>>[]
            {
                () =>
                    client.PostAsync(
                        "/api/v1/users",
                        new
                        {
                            name = "ada",
                            role = "admin",
                            password = Password,
                        }
                    ),
                () => client.PutAsync("/api/v1/users/ada", new { password = Password, disabled = false }),
                () => client.PutAsync("/api/v1/users/ada", new { passwort = Password }),
                () => client.PostAsync("/api/v1/auth/login", new { name = "ada", password = Wrong }),
                () => client.PostAsync("/api/v1/auth/login", new { name = "ada", password = Password }),
                () => server.Client(key + "x").GetAsync("/api/v1/keys", Cancel),
                () => server.Client("tu_" + key).GetAsync("/api/v1/keys", Cancel),
                () => client.GetAsync("/api/v1/users", Cancel),
                () => client.GetAsync("/api/v1/keys", Cancel),
                () => client.GetAsync("/api/v1/audit?limit=100", Cancel),
                () => client.GetAsync("/api/v1/audit/export", Cancel),
            }
        )
        {
            using var response = await send();
            answers.Append(await response.Content.ReadAsStringAsync(Cancel)).Append(response.Headers);
        }

        foreach (var secret in secrets)
        {
            answers.ToString().ShouldNotContain(secret);
            log.Text.ShouldNotContain(secret);
        }
        answers.ToString().ShouldNotContain("hash_");
        log.Text.ShouldNotBeEmpty();
        await foreach (var entry in server.Home.AdminTrail.ExportAsync(Cancel))
        {
            var text = entry.ToString() + string.Join(' ', entry.Action.Details);
            secrets.ShouldAllBe(secret => !text.Contains(secret));
        }
        var files = Directory.GetFiles(server.HomeFolder, "trueup.db*").Select(ReadShared).ToList();
        files.ShouldAllBe(bytes => secrets.All(secret => !bytes.Contains(secret)));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private static async Task<List<Entry>> EntriesAsync(ServerFixture server, string query)
    {
        using var response = await server.Admin.GetAsync($"/api/v1/audit{query}", Cancel);
        return
        [
            .. (await response.ReadAsync())
                .GetProperty("items")
                .EnumerateArray()
                .Select(entry => new Entry(
                    entry.GetProperty("actor").GetString()!,
                    entry.GetProperty("role").GetString()!,
                    entry.GetProperty("address").GetString()!,
                    entry.GetProperty("action").GetString()!,
                    entry.GetProperty("object").GetString()!,
                    entry.GetProperty("details").TryGetProperty("status", out var status) ? status.GetString() : null,
                    entry.GetProperty("details").TryGetProperty("unrecorded", out var count) ? count.GetString() : null
                )),
        ];
    }

    private sealed record Entry(
        string Actor,
        string Role,
        string Address,
        string Action,
        string Object,
        string? Status,
        string? Unrecorded
    );

    private sealed class MemoryLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public string Text => string.Join('\n', _lines);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            _lines.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => _lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose() { }
    }
}
