using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TrueUp.Connectors.Files;
using TrueUp.Connectors.Sqlite;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Server.Api;
using TrueUp.Server.Health;
using TrueUp.Server.Logs;
using TrueUp.Server.Metrics;
using TrueUp.Server.Pipelines;
using TrueUp.Server.Queue;
using TrueUp.Server.Scheduling;
using TrueUp.Server.Security;
using TrueUp.Server.Settings;
using TrueUp.Sides;
using TrueUp.Store;
using TrueUp.Store.Jobs;
using TrueUp.Testing;

namespace TrueUp.Server.Tests.Testing;

/// <summary>
/// What watches a server, with what it watches, on loopback. Who sends a role's name as its token has that role: keys
/// are tested elsewhere.
/// </summary>
internal sealed class WatchServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _app;

    private WatchServer(TimeProvider clock, string? otlp, Action<IServiceCollection>? change)
    {
        var options = new ServerOptions
        {
            Home = _folder.File("home"),
            SettingsFile = _folder.File("trueup.yaml"),
            Connectors = new ConnectorRegistry([new CsvConnector(), new SqliteConnector(), Slow]),
            Version = "1.2.3",
            Node = "here",
            Clock = clock,
            EnvironmentVariable = name => name == "OTEL_EXPORTER_OTLP_ENDPOINT" ? otlp : null,
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var services = builder.Services;
        services.AddSingleton(options).AddSingleton(clock).AddSingleton(options.Connectors);
        services.AddSingleton(_ => TrueUpHome.Open(options.Home, clock));
        services.AddSingleton(_ => new SettingsBoard(new ServerSettings()));
        services.AddSingleton<PipelineCatalog>();
        services.AddQueue().AddScheduling(options).AddApi();
        services.AddSyncMetrics();
        services.AddHealth();
        builder.AddLogs();
        services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, RoleIsToken>("test", null);
        services.AddAuthorization(authorization =>
        {
            authorization.AddPolicy(Roles.Viewer, policy => policy.RequireRole(Roles.All));
            authorization.AddPolicy(Policies.Metrics, policy => policy.RequireRole(Roles.All));
        });
        change?.Invoke(services);
        _app = builder.Build();
        _app.MapMetrics();
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.MapHealth();
    }

    public SlowConnector Slow { get; } = new();

    public IServiceProvider Services => _app.Services;

    public SettingsBoard Settings => Services.GetRequiredService<SettingsBoard>();

    public TrueUpHome Home => Services.GetRequiredService<TrueUpHome>();

    public HttpClient Anonymous { get; private set; } = null!;

    public HttpClient Viewer { get; private set; } = null!;

    public static async Task<WatchServer> StartAsync(
        TimeProvider? clock = null,
        string? otlp = null,
        Action<IServiceCollection>? change = null
    )
    {
        var server = new WatchServer(clock ?? TimeProvider.System, otlp, change);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        server.Anonymous = new HttpClient { BaseAddress = new Uri(address.First()) };
        server.Viewer = new HttpClient { BaseAddress = new Uri(address.First()) };
        server.Viewer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Roles.Viewer);
        return server;
    }

    /// <summary>Puts a pipeline into the catalog.</summary>
    public PipelineDefinition Add(PipelineDefinition pipeline)
    {
        var catalog = Services.GetRequiredService<PipelineCatalog>();
        catalog.Set(catalog.Current.SetItem(pipeline.Name, new PipelineEntry(pipeline.Name, "", pipeline, [])));
        return pipeline;
    }

    /// <summary>A pipeline of two records from a CSV file into SQLite.</summary>
    public PipelineDefinition AddCsv(string name)
    {
        var source = _folder.Write($"{name}.csv", "id,name\n1,a\n2,b\n");
        return Add(
            new PipelineDefinition
            {
                Name = name,
                Source = new SideDefinition("csv").With("path", source),
                Target = new SideDefinition("sqlite").With("path", _folder.File($"{name}.db")).With("table", "people"),
                Key = ["id"],
            }
        );
    }

    /// <summary>Has the dispatcher run a new pipeline from a CSV file.</summary>
    public async Task RunAsync(string name)
    {
        AddCsv(name);
        var job = (
            await Home.Queue.EnqueueAsync(
                new JobRequest
                {
                    Pipeline = name,
                    Trigger = TriggerSource.Manual,
                    Priority = JobPriority.High,
                },
                TestContext.Current.CancellationToken
            )
        ).Job!;
        while (job.State is JobState.Queued or JobState.Running)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            job = (await Home.Queue.FindAsync(job.Id, TestContext.Current.CancellationToken))!;
        }
        job.State.ShouldBe(JobState.Completed);
    }

    public async ValueTask DisposeAsync()
    {
        Anonymous?.Dispose();
        Viewer?.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private sealed class RoleIsToken(
        IOptionsMonitor<AuthenticationSchemeOptions> options,
        ILoggerFactory logger,
        UrlEncoder encoder
    ) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header))
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }
            var identity = new Caller("key:test", header.Parameter!, null).ToIdentity(Scheme.Name);
            return Task.FromResult(
                AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name))
            );
        }
    }
}
