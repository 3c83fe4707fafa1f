namespace TrueUp.Store.Access;

/// <summary>Whether the trail is what was written.</summary>
/// <param name="Entries">Entries that were looked at and hold.</param>
/// <param name="HeadHash">
/// The hash of the last of them. Whoever keeps it outside the database can later show that nothing before it was
/// changed.
/// </param>
/// <param name="BrokenAt">The number of the first entry that does not hold, or null.</param>
/// <param name="Reason">What is wrong there, or null.</param>
public sealed record AdminCheck(long Entries, string HeadHash, long? BrokenAt, string? Reason)
{
    /// <summary>Whether everything holds.</summary>
    public bool IsIntact => BrokenAt is null;
}
