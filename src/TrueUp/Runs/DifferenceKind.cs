namespace TrueUp.Runs;

/// <summary>How a key differs between the sides.</summary>
internal enum DifferenceKind
{
    /// <summary>Only on the source.</summary>
    Gap,

    /// <summary>On both, with different contents.</summary>
    Drift,

    /// <summary>Only on the target.</summary>
    Extra,
}
