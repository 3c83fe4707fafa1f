using System.Diagnostics;
using System.Text.Json;

namespace TrueUp.Bench.Faults;

/// <summary>The built command as a child process that can be stopped, let go on and killed.</summary>
internal sealed class TrueUpProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private TrueUpProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public bool HasEnded => _process.HasExited;

    public static TrueUpProcess Start(string home, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "TrueUp.Cli.dll"), .. arguments, "--json", "--home", home]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new TrueUpProcess(process);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGSTOP: all threads stand still, connections and locks stay.</summary>
    public Task StopAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT.</summary>
    public Task ContinueAsync() => SignalAsync("CONT");

    /// <summary>Waits for the end; kills it at the limit.</summary>
    public async Task<RunEnd> EndAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(limit);
        int? code = null;
        try
        {
            await _process.WaitForExitAsync(timer.Token);
            code = _process.ExitCode;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Kill();
            await _process.WaitForExitAsync(cancellationToken);
        }
        var output = await _output;
        return new RunEnd(code, ErrorCode(output), output + await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        if (_process.HasExited)
        {
            return;
        }

        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    // A process that was killed, or that broke its promise of one JSON object, has no code.
    private static string ErrorCode(string output)
    {
        try
        {
            using var json = JsonDocument.Parse(output);
            return json.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                ? error.GetProperty("code").GetString() ?? ""
                : "";
        }
        catch (JsonException)
        {
            return "no_json";
        }
    }
}
