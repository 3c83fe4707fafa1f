namespace TrueUp.Undo;

/// <summary>A row that is to be as it was before a run.</summary>
/// <param name="Row">The whole row.</param>
/// <param name="Left">
/// What the run left in its place, one or two possibilities: two when it is not known whether its last change was made.
/// </param>
internal sealed record Restoration(ReadOnlyMemory<byte> Row, IReadOnlyList<LeftBehind> Left)
{
    /// <summary>Whether the run may have left no row.</summary>
    public bool MayBeAbsent => Left.Any(l => l.IsAbsent);
}
