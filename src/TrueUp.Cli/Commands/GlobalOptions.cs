using System.CommandLine;

namespace TrueUp.Cli.Commands;

/// <summary>Options that every command takes.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string?> Home = new("--home")
    {
        Description = "The folder of TrueUp's own data (default: $TRUEUP_HOME, or .trueup)",
        HelpName = "DIR",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print exactly one JSON object on stdout",
        Recursive = true,
    };

    public static readonly Option<bool> Quiet = new("--quiet", "-q")
    {
        Description = "Say nothing but errors",
        Recursive = true,
    };

    public static readonly Option<bool> NoColor = new("--no-color")
    {
        Description = "Use no colours (as does $NO_COLOR)",
        Recursive = true,
    };

    /// <summary>The home folder of a command line.</summary>
    public static string HomeOf(ParseResult parsed)
    {
        var given = parsed.GetValue(Home) ?? Environment.GetEnvironmentVariable("TRUEUP_HOME");
        return Path.GetFullPath(string.IsNullOrEmpty(given) ? ".trueup" : given);
    }
}
