using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using TrueUp.Bench.Measuring;

namespace TrueUp.Bench.Benchmarks.Servers;

/// <summary>
/// Fifty clients for a minute, each with its next request as soon as the last is answered; no error allowed.
/// </summary>
internal sealed class ApiLoad : IBenchmark
{
    private const int Clients = 50;
    private const int Pipelines = 100;

    private static readonly TimeSpan Time = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RunsMax = TimeSpan.FromMinutes(2);

    private static readonly string[] Queries =
    [
        "sync-monitoring/health-overview",
        "sync-monitoring/dashboard",
        "sync-monitoring/metrics",
        "runs",
        "runs?pipeline=p0007",
        "pipelines",
        "pipelines/p0007",
        "pipelines/p0007/timeline",
        "units?pipeline=p0007",
        "errors",
        "dead-letters",
        "queue",
        "sync-admin/jobs",
        "nodes",
        "receipts",
    ];

    public string Name => "api-load";

    public string Title => "50 clients at once for 60 s, p95 of a request";

    public bool IsDefault => false;

    public async Task<BenchResult> RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        await using var folder = new ServerHome();
        await folder.SettingsAsync("limits: {requests_per_minute: 0}\n", cancellationToken);
        // Each runs once, at the start.
        await folder.PipelinesAsync(Pipelines, "schedule: {every: 1d}\n", cancellationToken);
        await folder.CreateKeyAsync(cancellationToken);
        using var server = await folder.ServeAsync(cancellationToken);
        using var http = folder.Client(server);
        await RanAsync(http, cancellationToken);

        var before = ProcessUse.Of(server.ProcessId);
        var times = new ConcurrentBag<double>();
        var errors = new ConcurrentBag<string>();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable.Range(0, Clients).Select(client => LoadAsync(http, client, times, errors, cancellationToken))
        );
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var after = ProcessUse.Of(server.ProcessId);
        var note =
            $"{times.Count:N0} requests, {times.Count / seconds:0} a second, {errors.Count} errors; "
            + $"p50 {Numbers.Percentile(times, 0.5):0.0} ms, p95 {Numbers.Percentile(times, 0.95):0.0} ms, p99 {Numbers.Percentile(times, 0.99):0.0} ms. "
            + $"Server: {before.ResidentMegabytes:0} MB before, {after.ResidentMegabytes:0} MB after, "
            + $"{(after.CpuSeconds - before.CpuSeconds) / seconds:0.00} cores. The clients share its machine."
            + (errors.IsEmpty ? "" : $" First error: {errors.First()}");
        return new BenchResult(
            Name,
            Title,
            times.Count,
            "—",
            [],
            [Numbers.Percentile(times, 0.95) / 1000],
            after.PeakMegabytes,
            note
        );
    }

    /// <summary>Asks, and reads the whole answer, which must be 200.</summary>
    public static async Task GetAsync(HttpClient http, string query, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri($"/api/v1/{query}", UriKind.Relative), cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException(
                $"{query}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}"
            );
        }
    }

    /// <summary>Waits until as many pipelines have a next time.</summary>
    public static Task ScheduledAsync(HttpClient http, int count, CancellationToken cancellationToken) =>
        UntilAsync(http, $"pipelines/{ServerHome.Name(count - 1)}", "next_fires", cancellationToken);

    private static Task RanAsync(HttpClient http, CancellationToken cancellationToken) =>
        UntilAsync(http, $"pipelines/{ServerHome.Name(Pipelines - 1)}", "last_run_id", cancellationToken);

    private static async Task LoadAsync(
        HttpClient http,
        int client,
        ConcurrentBag<double> times,
        ConcurrentBag<string> errors,
        CancellationToken cancellationToken
    )
    {
        var began = Stopwatch.GetTimestamp();
        for (var next = client; Stopwatch.GetElapsedTime(began) < Time; next++)
        {
            var asked = Stopwatch.GetTimestamp();
            try
            {
                await GetAsync(http, Queries[next % Queries.Length], cancellationToken);
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
            {
                errors.Add(error.Message);
            }
            times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }
    }

    private static async Task UntilAsync(
        HttpClient http,
        string query,
        string member,
        CancellationToken cancellationToken
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(RunsMax);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await timer.WaitForNextTickAsync(limit.Token))
        {
            using var document = JsonDocument.Parse(
                await http.GetStringAsync(new Uri($"/api/v1/{query}", UriKind.Relative), limit.Token)
            );
            if (document.RootElement.GetProperty("pipeline").TryGetProperty(member, out var value) && IsThere(value))
            {
                return;
            }
        }
    }

    private static bool IsThere(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => false,
            JsonValueKind.Array => value.GetArrayLength() > 0,
            _ => true,
        };
}
