using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using TrueUp.Bench.Measuring;

namespace TrueUp.Bench.Faults;

/// <summary><c>trueup serve</c> as a child process that can be stopped, let go on and killed.</summary>
internal sealed class ServeProcess : IDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private ServeProcess(Process process, string name, int port)
    {
        _process = process;
        Name = name;
        Url = new Uri($"http://127.0.0.1:{port}");
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The server's name.</summary>
    public string Name { get; }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Whether its process has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Whether its process stands still.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Its process's number.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts one on a free port of this machine.</summary>
    public static ServeProcess Start(string home, string name, params string[] arguments) =>
        Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "TrueUp.Cli.dll")], home, name, arguments);

    /// <summary>Starts one from the command as <c>./dev bench</c> has published it.</summary>
    public static ServeProcess StartPublished(string home, string name, params string[] arguments) =>
        Start(Shell.Published, [], home, name, ["--quiet", .. arguments]);

    private static ServeProcess Start(
        string program,
        string[] before,
        string home,
        string name,
        IReadOnlyList<string> arguments
    )
    {
        var port = FreePort();
        var start = new ProcessStartInfo(
            program,
            [.. before, "serve", "--home", home, "--node", name, "--urls", $"http://127.0.0.1:{port}", .. arguments]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new ServeProcess(process, name, port);
    }

    /// <summary>Waits until it takes work.</summary>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Url };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartMax);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (await timer.WaitForNextTickAsync(limit.Token))
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"{Name} ended: {await _errors}");
            }
            try
            {
                using var response = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), limit.Token);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }
    }

    /// <summary>Asks for a run.</summary>
    /// <returns>The status of the answer, and the job, or null when there is none in it.</returns>
    public async Task<(HttpStatusCode Status, string? Job)> TriggerAsync(
        string pipeline,
        string key,
        CancellationToken cancellationToken
    )
    {
        using var http = new HttpClient { BaseAddress = Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await http.PostAsJsonAsync(
            "/api/v1/sync-admin/manual-trigger",
            new { entity_type = pipeline, reason = "fault" },
            cancellationToken
        );
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return (response.StatusCode, body.TryGetProperty("sync_job_id", out var job) ? job.GetString() : null);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>SIGTERM, and its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync(CancellationToken cancellationToken)
    {
        await SignalAsync("TERM");
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>SIGSTOP: all threads stand still, connections and locks stay.</summary>
    public async Task StopAsync()
    {
        await SignalAsync("STOP");
        IsStopped = true;
    }

    /// <summary>SIGCONT.</summary>
    public async Task ContinueAsync()
    {
        await SignalAsync("CONT");
        IsStopped = false;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
