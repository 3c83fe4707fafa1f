using TrueUp.Sides;

namespace TrueUp.Undo;

/// <summary>A row as it was before a change.</summary>
/// <param name="Change">What was done to it: update or delete.</param>
/// <param name="Seed">The seed of <paramref name="After"/>.</param>
/// <param name="After">The hash of the row that took its place; without meaning for a delete.</param>
/// <param name="Again">Whether the run itself had written the key before: then this is not what was there before the
/// run.</param>
/// <param name="Row">The whole row.</param>
internal sealed record ImageEntry(ChangeKind Change, long Seed, long After, bool Again, ReadOnlyMemory<byte> Row);
