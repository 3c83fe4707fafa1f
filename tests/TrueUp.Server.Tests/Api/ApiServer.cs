using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Runs;
using TrueUp.Server.Pipelines;
using TrueUp.Server.Scheduling;
using TrueUp.Server.Security;
using TrueUp.Server.Tests.Testing;
using TrueUp.Sides;
using TrueUp.Store;
using TrueUp.Testing;

namespace TrueUp.Server.Tests.Api;

/// <summary>
/// A server on a real listener that runs nothing by itself, over a home that tests fill through the store's own
/// classes.
/// </summary>
public sealed class ApiServer : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly FixedFires _fires = new();
    private WebApplication _app = null!;

    internal TestClock Clock { get; } = new();

    internal TrueUpHome Home => Services.GetRequiredService<TrueUpHome>();

    internal PipelineCatalog Catalog => Services.GetRequiredService<PipelineCatalog>();

    internal IServiceProvider Services => _app.Services;

    internal Dictionary<string, DateTimeOffset[]> Fires => _fires.Times;

    internal HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_folder.File("pipelines"));
        var options = new ServerOptions
        {
            Home = _folder.File("home"),
            SettingsFile = _folder.File("trueup.yaml"),
            Pipelines = _folder.File("pipelines"),
            Urls = "http://127.0.0.1:0",
            Connectors = new ConnectorRegistry([]),
            Version = "0.0.0-test",
            Clock = Clock,
            EnvironmentVariable = _ => null,
        };
        _app = ServerHost.Build(options, Configure);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Client = As(Roles.Admin);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A client with a role, or with none; with a scope of pipelines if wanted.</summary>
    internal HttpClient As(string? role, params string[] pipelines)
    {
        var client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        if (role is not null)
        {
            client.DefaultRequestHeaders.Add("X-Role", role);
        }
        if (pipelines.Length > 0)
        {
            client.DefaultRequestHeaders.Add("X-Pipelines", string.Join(',', pipelines));
        }
        return client;
    }

    /// <summary>Puts a pipeline into the catalog; broken ones have findings and no definition.</summary>
    internal void AddPipeline(string name, bool broken = false, ScheduleDefinition? schedule = null)
    {
        var definition = broken ? null : Definition(name) with { Schedule = schedule };
        Finding[] findings = broken ? [new Finding("bad_value", "mode is wrong.", "Write mirror.") { Line = 3 }] : [];
        Catalog.Set(Catalog.Current.SetItem(name, new PipelineEntry(name, $"/x/{name}.yaml", definition, findings)));
    }

    internal static PipelineDefinition Definition(string name) =>
        new()
        {
            Name = name,
            Source = new SideDefinition("csv"),
            Target = new SideDefinition("sqlite"),
            FileHash = "abc",
        };

    /// <summary>
    /// Records a run that began at a time of the clock and took so long; the clock stands at its end then.
    /// </summary>
    internal async Task<string> RunAsync(
        string pipeline,
        RunStatus status = RunStatus.Completed,
        double seconds = 10,
        long source = 10,
        long skipped = 0,
        long gaps = 0,
        bool verifyOnly = false,
        Func<IRunAudit, Task>? during = null
    )
    {
        var token = TestContext.Current.CancellationToken;
        var start = new RunStart(Definition(pipeline), TriggerSource.Scheduled, null, verifyOnly, Clock.Now);
        await using var run = await Home.Audit.StartAsync(start, token);
        if (during is not null)
        {
            await during(run);
        }
        Clock.Advance(TimeSpan.FromSeconds(seconds));
        var differences = new DifferenceList();
        for (var gap = 0; gap < gaps; gap++)
        {
            differences.Gaps.Add($"AA{gap}");
        }
        var verification = new Verification
        {
            Verdict = status == RunStatus.Completed && gaps == 0 ? Verdict.Verified : Verdict.Failed,
            Differences = differences,
        };
        var counts = new RunCounts
        {
            Source = source,
            Target = source,
            Created = source - skipped,
            Skipped = skipped,
        };
        await run.UnitAsync(
            new UnitOutcome("")
            {
                Status = status,
                Counts = counts,
                Verification = verification,
            },
            token
        );
        await run.CompleteAsync(
            new RunOutcome
            {
                RunId = run.RunId,
                Pipeline = pipeline,
                VerifyOnly = verifyOnly,
                StartedAt = start.StartedAt,
                FinishedAt = Clock.Now,
                Status = status,
                Counts = counts,
                Verification = verification,
                Error =
                    status == RunStatus.Failed
                        ? new RunError("source_shrank", "The source shrank.", "See why.", ErrorCause.Data, [])
                        : null,
            },
            token
        );
        return run.RunId;
    }

    internal async Task<JsonNode> GetAsync(string path, HttpClient? client = null)
    {
        using var answer = await (client ?? Client).GetAsync(path, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(200, body);
        return JsonNode.Parse(body)!;
    }

    internal async Task<(int Status, JsonNode? Body, HttpResponseMessage Answer)> PostAsync(
        string path,
        object? body,
        HttpClient? client = null,
        string? key = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = body switch
        {
            null => null,
            string text => new StringContent(text, System.Text.Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body),
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }
        var answer = await (client ?? Client).SendAsync(request, TestContext.Current.CancellationToken);
        var text2 = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, text2.Length == 0 ? null : JsonNode.Parse(text2), answer);
    }

    // Nothing runs by itself here, and who asks is said by headers.
    private void Configure(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        var own = builder
            .Services.Where(service => service.ServiceType == typeof(IHostedService))
            .Where(service => service.ImplementationType?.Namespace?.Split('.')[0] is "TrueUp" or "Quartz")
            .ToList();
        own.ForEach(service => builder.Services.Remove(service));
        builder.Services.AddSingleton<INextFires>(_fires);
        builder
            .Services.AddAuthentication(HeaderAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>(HeaderAuthentication.Name, null);
    }
}
