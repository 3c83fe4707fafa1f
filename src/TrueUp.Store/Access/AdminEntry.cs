namespace TrueUp.Store.Access;

/// <summary>An entry of the administrative trail.</summary>
/// <param name="Id">Its number: from 1, without gaps.</param>
/// <param name="OccurredAt">When, to the microsecond.</param>
/// <param name="Action">What, by whom, to what.</param>
/// <param name="PreviousHash">The hash of the entry before; 64 zeros for the first.</param>
/// <param name="Hash">SHA-256 over all of the above, in hexadecimal; see <see cref="AdminHash"/>.</param>
public sealed record AdminEntry(
    long Id,
    DateTimeOffset OccurredAt,
    AdminAction Action,
    string PreviousHash,
    string Hash
);
