using System.CommandLine;
using TrueUp.Cli.Composition;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Pipelines;

namespace TrueUp.Cli.Commands;

/// <summary>A command about one pipeline file.</summary>
internal abstract class PipelineCommand : TrueUpCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The pipeline file" };

    /// <inheritdoc cref="TrueUpCommand(CommandRunner, string, string)" />
    protected PipelineCommand(CommandRunner runner, string path, string description)
        : base(runner, path, description) => Add(_file);

    /// <summary>Reads the file.</summary>
    protected PipelineReading Read(Invocation invocation) => PipelineFiles.Read(invocation.Get(_file));

    /// <summary>The path as it was given.</summary>
    protected string FileOf(Invocation invocation) => invocation.Get(_file);
}
