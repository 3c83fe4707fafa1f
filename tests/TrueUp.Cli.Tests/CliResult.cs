using System.Text.Json;

namespace TrueUp.Cli.Tests;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">The process's exit code.</param>
/// <param name="Output">What it wrote to stdout.</param>
/// <param name="Error">What it wrote to stderr.</param>
public sealed record CliResult(int ExitCode, string Output, string Error)
{
    /// <summary>The one object on stdout. Fails when there is anything else.</summary>
    public JsonElement Json
    {
        get
        {
            Output.Count(c => c == '\n').ShouldBe(1, $"exactly one line of JSON is expected:\n{Output}\n{Error}");
            using var document = JsonDocument.Parse(Output);
            return document.RootElement.Clone();
        }
    }

    /// <summary>Says everything, for a test that fails.</summary>
    public CliResult ShouldExit(int code)
    {
        ExitCode.ShouldBe(code, $"stdout:\n{Output}\nstderr:\n{Error}");
        return this;
    }
}
