using TrueUp.Pipelines;

namespace TrueUp.Runs;

/// <summary>Ends a unit with an error that is told to the user; never leaves the engine.</summary>
internal sealed class RunException(RunError error) : Exception(error.Message)
{
    public RunException(
        string code,
        string message,
        string suggestion,
        ErrorCause cause,
        params IReadOnlyList<Finding> findings
    )
        : this(new RunError(code, message, suggestion, cause, findings)) { }

    public RunError Error { get; } = error;

    /// <summary>
    /// The record it is about, or null. Not in the message, which may be read by more people than keys.
    /// </summary>
    public string? Key { get; init; }
}
