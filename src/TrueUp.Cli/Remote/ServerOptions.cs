using System.CommandLine;
using TrueUp.Cli.Execution;

namespace TrueUp.Cli.Remote;

/// <summary>Which server a command talks to, and as whom.</summary>
internal static class ServerOptions
{
    /// <summary>Where a server listens if nothing is said.</summary>
    public const string UrlDefault = "http://127.0.0.1:8080";

    public static readonly Option<string?> Server = new("--server")
    {
        Description = $"The server (default: $TRUEUP_SERVER, or {UrlDefault} where one is needed)",
        HelpName = "URL",
    };

    public static readonly Option<string?> KeyFile = new("--key-file")
    {
        Description = "A file with the key to send (default: the key in $TRUEUP_KEY)",
        HelpName = "FILE",
    };

    /// <summary>The server of a command line, or null when none is named.</summary>
    public static string? UrlOf(Invocation invocation) =>
        invocation.Get(Server) is { Length: > 0 } url ? url
        : Environment.GetEnvironmentVariable("TRUEUP_SERVER") is { Length: > 0 } set ? set
        : null;
}
