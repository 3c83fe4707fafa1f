using System.CommandLine;
using TrueUp.Cli.Output;

namespace TrueUp.Cli.Execution;

/// <summary>What a command is told beyond its own options.</summary>
/// <param name="Parsed">The command line.</param>
/// <param name="Home">The home folder; it need not exist.</param>
/// <param name="Screen">Where human text goes.</param>
/// <param name="Clock">The time.</param>
internal sealed record Invocation(ParseResult Parsed, string Home, Screen Screen, TimeProvider Clock)
{
    /// <summary>The value of an option.</summary>
    public T? Get<T>(Option<T> option) => Parsed.GetValue(option);

    /// <summary>The value of an argument that has to be given.</summary>
    public T Get<T>(Argument<T> argument) => Parsed.GetRequiredValue(argument);

    /// <summary>The values of an argument that may be left out.</summary>
    public T[] Get<T>(Argument<T[]> argument) => Parsed.GetValue(argument) ?? [];
}
