using TrueUp.Cli.Output;

namespace TrueUp.Cli.Remote;

/// <summary>A server refused, or there is none.</summary>
internal sealed class ServerException(int exitCode, ErrorBody error) : Exception(error.Message)
{
    /// <summary>What the process says.</summary>
    public int ExitCode => exitCode;

    /// <summary>What it tells.</summary>
    public ErrorBody Error => error;

    /// <summary>What answers is no server of TrueUp, or one of another version.</summary>
    /// <param name="message">Why.</param>
    public static ServerException Stranger(string message) =>
        new(
            ExitCodes.Environment,
            new ErrorBody(
                "server_refused",
                message,
                "See that --server names a TrueUp server, and that `trueup --version` is the server's."
            )
        );
}
