using System.Reflection;
using TrueUp.Cli.Execution;
using TrueUp.Cli.Output;
using TrueUp.Cli.Results;

namespace TrueUp.Cli.Commands;

/// <summary>Writes a first pipeline and data for it into the current folder.</summary>
internal sealed class InitCommand(CommandRunner runner)
    : TrueUpCommand(runner, "init", "Write a sample pipeline and its data into the current folder")
{
    private static readonly string[] Files = ["sellers.yaml", "sellers.csv"];

    /// <inheritdoc />
    public override IReadOnlyList<string> Examples => ["trueup init", "trueup run sellers.yaml"];

    /// <inheritdoc />
    public override Task<CommandOutcome> ExecuteAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var taken = Files.Where(File.Exists).ToList();
        if (taken.Count > 0)
        {
            return Task.FromResult(
                CommandOutcome.Failed(
                    ExitCodes.Usage,
                    new ErrorBody(
                        "file_exists",
                        $"There is already {string.Join(" and ", taken)} here; nothing was written.",
                        "Use an empty folder."
                    )
                )
            );
        }
        foreach (var file in Files)
        {
            Write(file);
        }
        return Task.FromResult(
            CommandOutcome.Done(
                $"Wrote {string.Join(" and ", Files)}. Next: trueup run {Files[0]}",
                new InitResult([.. Files.Select(Path.GetFullPath)]),
                CliJson.Shared.InitResult
            )
        );
    }

    private static void Write(string file)
    {
        using var sample = Assembly.GetExecutingAssembly().GetManifestResourceStream($"samples/{file}")!;
        // CreateNew: a file that appeared since the check is not overwritten either.
        using var target = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
        sample.CopyTo(target);
    }
}
