using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Pipelines;

namespace TrueUp.Cli.Composition;

/// <summary>Reads pipeline files with everything this program has.</summary>
internal static class PipelineFiles
{
    /// <summary>Reads a file.</summary>
    public static PipelineReading Read(string file) =>
        PipelineReader.Read(file, Connectors.Registry, Environment.GetEnvironmentVariable);

    /// <summary>How a command ends whose file cannot be used.</summary>
    public static CommandOutcome Refused(string file, PipelineReading reading) =>
        CommandOutcome.Failed(ExitCodes.Usage, Error(file, reading));

    /// <summary>What is wrong with a file.</summary>
    public static ErrorBody Error(string file, PipelineReading reading)
    {
        var errors = reading.Findings.Where(f => f.IsError).ToList();
        // A file that cannot be read at all has its own code; everything in it has one together.
        return errors is [{ Code: "file_missing" or "file_unreadable" or "file_too_large" } only]
            ? new ErrorBody(only.Code, only.Message, only.Suggestion) { Findings = FindingBody.OfAll(errors) }
            : new ErrorBody(
                "invalid_pipeline",
                $"{file} has {Count(errors.Count)}.",
                "Correct each finding; docs/pipeline-reference.md lists all keys."
            )
            {
                Findings = FindingBody.OfAll(reading.Findings),
            };
    }

    private static string Count(int findings) => findings == 1 ? "a mistake" : $"{findings} mistakes";
}
