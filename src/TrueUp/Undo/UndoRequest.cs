using TrueUp.Runs;

namespace TrueUp.Undo;

/// <summary>What is to be undone.</summary>
/// <param name="RunId">The run.</param>
public sealed record UndoRequest(string RunId)
{
    /// <summary>Rows the run created, if its audit says so; otherwise the before-images say how many at
    /// least.</summary>
    public long? Created { get; init; }

    /// <summary>
    /// True to undo on the pipeline's target although the run called its target by another name: it was moved.
    /// </summary>
    public bool TargetMoved { get; init; }

    /// <summary>Who asks, or null.</summary>
    public string? TriggeredBy { get; init; }

    /// <summary>Told how far it is, a few times a second at most.</summary>
    public IProgress<RunProgress>? Progress { get; init; }
}
