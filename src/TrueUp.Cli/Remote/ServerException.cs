using TrueUp.Cli.Output;

namespace TrueUp.Cli.Remote;

/// <summary>A server refused, or there is none.</summary>
internal sealed class ServerException(int exitCode, ErrorBody error) : Exception(error.Message)
{
    /// <summary>What the process says.</summary>
    public int ExitCode => exitCode;

    /// <summary>What it tells.</summary>
    public ErrorBody Error => error;
}
