using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TrueUp.Cli.Output;

namespace TrueUp.Cli.Execution;

/// <summary>What a command has to say in the end.</summary>
/// <param name="ExitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="Summary">One sentence.</param>
internal sealed record CommandOutcome(int ExitCode, string Summary)
{
    /// <summary>For <c>--json</c>; null when there is nothing.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>What went wrong, or null.</summary>
    public ErrorBody? Error { get; init; }

    /// <summary>Writes the details for people, before the summary.</summary>
    public Action<Screen>? Details { get; init; }

    /// <summary>Whether the details already say everything about the error.</summary>
    public bool ErrorIsInDetails { get; init; }

    /// <summary>A success with its result.</summary>
    public static CommandOutcome Done<T>(
        string summary,
        T result,
        JsonTypeInfo<T> type,
        Action<Screen>? details = null
    ) =>
        new(ExitCodes.Success, summary) { Result = JsonSerializer.SerializeToElement(result, type), Details = details };

    /// <summary>A failure before there was any result.</summary>
    public static CommandOutcome Failed(int exitCode, ErrorBody error) =>
        new(exitCode, error.Message) { Error = error };
}
