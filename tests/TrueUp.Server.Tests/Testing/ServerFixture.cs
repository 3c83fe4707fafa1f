using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrueUp.Server.Security;
using TrueUp.Sides;
using TrueUp.Store;
using TrueUp.Store.Access;
using TrueUp.Testing;

namespace TrueUp.Server.Tests.Testing;

/// <summary>
/// A whole server in memory with a home of its own: <c>await using var server = await ServerFixture.StartAsync();</c>,
/// then <c>server.Viewer.GetAsync("/api/v1/…")</c>. Requests come from 192.0.2.1 unless the header
/// <see cref="AddressFilter.Header"/> says otherwise.
/// </summary>
internal sealed class ServerFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, HttpClient> _clients = new();

    private ServerFixture(TemporaryFolder folder, TestClock clock, WebApplication app)
    {
        _folder = folder;
        _app = app;
        Clock = clock;
    }

    /// <summary>The server's time.</summary>
    public TestClock Clock { get; }

    /// <summary>What the server is made of.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>The server's home.</summary>
    public TrueUpHome Home => Services.GetRequiredService<TrueUpHome>();

    /// <summary>The folder of the server's home.</summary>
    public string HomeFolder => _folder.File("home");

    /// <summary>A client without a key.</summary>
    public HttpClient Anonymous => _clients.GetOrAdd("", _ => Client(null));

    /// <summary>A client that may look.</summary>
    public HttpClient Viewer => As(AccessRole.Viewer);

    /// <summary>A client that may trigger and resolve.</summary>
    public HttpClient Operator => As(AccessRole.Operator);

    /// <summary>A client that may do everything.</summary>
    public HttpClient Admin => As(AccessRole.Admin);

    /// <summary>Starts a server.</summary>
    /// <param name="change">What is different from the usual options.</param>
    /// <param name="configure">What is different about the server itself, such as other services.</param>
    /// <param name="settings">The text of <c>trueup.yaml</c>; without it there is none.</param>
    /// <param name="files">Files of the home's <c>pipelines</c> folder, by name.</param>
    public static async Task<ServerFixture> StartAsync(
        Func<ServerOptions, ServerOptions>? change = null,
        Action<WebApplicationBuilder>? configure = null,
        string? settings = null,
        IReadOnlyDictionary<string, string>? files = null
    )
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("home/pipelines"));
        foreach (var (name, content) in files ?? new Dictionary<string, string>())
        {
            folder.Write($"home/pipelines/{name}", content);
        }
        if (settings is not null)
        {
            folder.Write("home/trueup.yaml", settings);
        }
        var clock = new TestClock();
        var options = new ServerOptions
        {
            Home = folder.File("home"),
            SettingsFile = folder.File("home/trueup.yaml"),
            Pipelines = folder.File("home/pipelines"),
            Connectors = new ConnectorRegistry([]),
            Version = "0.0.0-test",
            Clock = clock,
            EnvironmentVariable = _ => null,
        };
        var app = ServerHost.Build(change?.Invoke(options) ?? options, Configure);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ServerFixture(folder, clock, app);

        void Configure(WebApplicationBuilder builder)
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IStartupFilter, AddressFilter>();
            configure?.Invoke(builder);
        }
    }

    /// <summary>A client with a key of a role, for all pipelines.</summary>
    public HttpClient As(AccessRole role) => _clients.GetOrAdd(role.ToString(), name => Client(NewKey(role, name)));

    /// <summary>A client with a key of a role that is limited to some pipelines.</summary>
    public HttpClient As(AccessRole role, params string[] pipelines) =>
        _clients.GetOrAdd(
            $"{role} {string.Join(' ', pipelines)}",
            name => Client(NewKey(role, name.Replace(' ', '-'), pipelines))
        );

    /// <summary>A client that sends a key, or none.</summary>
    public HttpClient Client(string? key)
    {
        var client = _app.GetTestClient();
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
        return client;
    }

    /// <summary>The text of a new key.</summary>
    public async Task<IssuedKey> NewKeyAsync(KeyRequest request) =>
        (await Home.ApiKeys.CreateAsync(request, TestContext.Current.CancellationToken)).Issued.ShouldNotBeNull();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private string NewKey(AccessRole role, string name, IReadOnlyList<string>? pipelines = null) =>
        Task.Run(() => NewKeyAsync(new KeyRequest(name, role, "test") { Pipelines = pipelines }))
            .GetAwaiter()
            .GetResult()
            .Text;
}
