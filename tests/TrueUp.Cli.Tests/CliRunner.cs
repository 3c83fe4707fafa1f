using System.Diagnostics;
using TrueUp.Testing;

namespace TrueUp.Cli.Tests;

/// <summary>
/// Runs the built command as a process of its own, in a new folder with a home of its own. Standard input is closed,
/// colours
/// and variables of the machine that could change what is printed are taken out.
/// </summary>
public sealed class CliRunner : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "TrueUp.Cli.dll");

    private static readonly Dictionary<string, string> NoVariables = [];

    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder commands run in.</summary>
    public string Folder => _folder.Path;

    /// <summary>Where TrueUp keeps its own data.</summary>
    public string Home => _folder.File("data");

    /// <summary>The longest that a command may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Writes a file into the folder and returns its path.</summary>
    public string Write(string name, string content) => _folder.Write(name, content);

    /// <summary>The path of something in the folder.</summary>
    public string PathOf(string name) => _folder.File(name);

    /// <summary>Runs a command to its end.</summary>
    public Task<CliResult> RunAsync(params string[] args) => RunAsync(NoVariables, args);

    /// <summary>Runs a command to its end with environment variables of its own.</summary>
    public async Task<CliResult> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        using var process = Start(environment, args);
        return await EndAsync(process);
    }

    /// <summary>
    /// Starts a command and leaves it to the caller: to signal it, kill it, or wait for it with <see cref="EndAsync"/>.
    /// </summary>
    public Process Start(IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. args])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TRUEUP_HOME"] = Home;
        start.Environment["TERM"] = "dumb";
        start.Environment.Remove("NO_COLOR");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Waits for a command's end; kills it at the limit.</summary>
    public async Task<CliResult> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The command took longer than {Limit}. stderr so far:\n{await error}", late);
        }
        return new CliResult(process.ExitCode, await output, await error);
    }

    /// <summary>A text with what differs from run to run replaced: folders, run identifiers, times.</summary>
    public string Normalise(string text) => Golden.Normalise(text.Replace(Folder, "{folder}"));

    /// <inheritdoc />
    public void Dispose() => _folder.Dispose();
}
