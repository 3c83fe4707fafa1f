using System.Diagnostics;

namespace TrueUp.Cli.Tests.Samples;

/// <summary>Runs a shell script with the programs that were built for these tests.</summary>
internal static class Script
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Runs it to its end.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <returns>The exit code, and what was printed to either stream.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TRUEUP_BIN"] = AppContext.BaseDirectory;
        start.Environment["TERM"] = "dumb";
        start.Environment.Remove("TRUEUP_HOME");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command[0]} took longer than {Limit}:\n{await output}{await error}", late);
        }
        return (process.ExitCode, await output + await error);
    }
}
