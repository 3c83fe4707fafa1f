namespace TrueUp.Runs;

/// <summary>How a run ended.</summary>
public enum RunStatus
{
    /// <summary>It went through to its verdict.</summary>
    Completed,

    /// <summary>It stopped on an error, or its verdict is <see cref="Verdict.Failed"/>.</summary>
    Failed,

    /// <summary>It was cancelled at a batch boundary.</summary>
    Cancelled,
}
