using System.Diagnostics;

namespace TrueUp.Testing.Postgres;

/// <summary>Calls <c>eng/postgres</c>, the one place that knows how a cluster is made, started and frozen.</summary>
internal static class ClusterScript
{
    /// <summary>Starts a cluster that is stopped and deleted when the returned process's input closes.</summary>
    public static async Task<(Process Watchdog, string Url)> RunAsync(
        string folder,
        CancellationToken cancellationToken
    )
    {
        // The pipe closes when this process ends, however it ends: nothing is left behind by a killed test run.
        Process watchdog = Start("run", folder, redirectInput: true);
        try
        {
            string? url = await watchdog.StandardOutput.ReadLineAsync(cancellationToken);
            return (watchdog, url ?? throw await FailureAsync(watchdog, cancellationToken));
        }
        catch
        {
            watchdog.StandardInput.Close();
            watchdog.Dispose();
            throw;
        }
    }

    /// <summary>Runs one command of the script, with the argument it may take after the folder, to its end.</summary>
    public static async Task CallAsync(
        string command,
        string folder,
        string? argument,
        CancellationToken cancellationToken
    )
    {
        using Process process = Start(command, folder, redirectInput: false, argument);
        Task output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        string error = await process.StandardError.ReadToEndAsync(cancellationToken);
        await output;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"eng/postgres {command} exited {process.ExitCode}: {error}");
        }
    }

    private static Process Start(string command, string folder, bool redirectInput, string? argument = null)
    {
        string[] arguments = argument is null ? [command, folder] : [command, folder, argument];
        ProcessStartInfo start = new(RepositoryRoot.Combine("eng", "postgres"), arguments)
        {
            RedirectStandardInput = redirectInput,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("eng/postgres could not be started.");
    }

    private static async Task<InvalidOperationException> FailureAsync(
        Process process,
        CancellationToken cancellationToken
    )
    {
        string error = await process.StandardError.ReadToEndAsync(cancellationToken);
        return new InvalidOperationException($"eng/postgres could not start a cluster: {error}");
    }
}
