namespace TrueUp.Undo;

/// <summary>A row that is to be as it was before a run.</summary>
/// <param name="Row">The whole row.</param>
/// <param name="Left">
/// What the run left in its place, one or two possibilities: two when it is not known whether its last change was made.
/// </param>
internal sealed record Restoration(ReadOnlyMemory<byte> Row, IReadOnlyList<LeftBehind> Left)
{
    /// <summary>
    /// False when it cannot be told whether this is the row that was replaced: the news of a change was lost, and the
    /// next change found another row than either the old or the new one.
    /// </summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>Whether the run may have left no row.</summary>
    public bool MayBeAbsent => Left.Any(l => l.IsAbsent);
}
