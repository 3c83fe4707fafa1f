namespace TrueUp.Runs;

/// <summary>
/// What a comparison came to: the digests, the changes Policy wants, and the list of differences for people.
/// </summary>
internal sealed class Found(Comparison comparison, ChangeSpool changes) : IDisposable
{
    public Comparison Comparison => comparison;

    public ChangeSpool Changes => changes;

    /// <summary>Differences by key; those that Policy lets pass are not in it.</summary>
    public DifferenceList Differences { get; } = new();

    /// <summary>Differences that the mode does not allow to repair.</summary>
    public long Forbidden { get; set; }

    /// <summary>True when the predicate of the mode holds.</summary>
    public bool Holds => Differences.Total == 0;

    public void Dispose() => changes.Dispose();
}
