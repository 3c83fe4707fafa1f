using System.CommandLine;
using System.CommandLine.Invocation;

namespace TrueUp.Cli.Commands;

/// <summary>Prints the version alone, whatever else is asked.</summary>
internal sealed class VersionText : SynchronousCommandLineAction
{
    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(ProductVersion.Text);
        return ExitCodes.Success;
    }
}
