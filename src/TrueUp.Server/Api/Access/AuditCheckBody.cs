using TrueUp.Store.Access;

namespace TrueUp.Server.Api.Access;

/// <summary>Whether the trail is what was written.</summary>
/// <param name="Intact">Whether everything holds.</param>
/// <param name="Entries">Entries that hold.</param>
/// <param name="HeadHash">The hash of the last of them: whoever keeps it elsewhere can show later that nothing
/// changed.</param>
/// <param name="BrokenAt">The number of the first entry that does not hold, or null.</param>
/// <param name="Reason">What is wrong there, or null.</param>
internal sealed record AuditCheckBody(bool Intact, long Entries, string HeadHash, long? BrokenAt, string? Reason)
{
    public static AuditCheckBody Of(AdminCheck check) =>
        new(check.IsIntact, check.Entries, check.HeadHash, check.BrokenAt, check.Reason);
}
