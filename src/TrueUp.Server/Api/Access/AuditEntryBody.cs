using TrueUp.Store.Access;

namespace TrueUp.Server.Api.Access;

/// <summary>An entry of the trail.</summary>
internal sealed record AuditEntryBody(
    long Id,
    DateTimeOffset OccurredAt,
    string Actor,
    string Role,
    string Address,
    string Action,
    string Object,
    IReadOnlyDictionary<string, string> Details,
    string PreviousHash,
    string Hash
)
{
    public static AuditEntryBody Of(AdminEntry entry) =>
        new(
            entry.Id,
            entry.OccurredAt,
            entry.Action.Actor,
            entry.Action.Role,
            entry.Action.Address,
            entry.Action.Action,
            entry.Action.Object,
            entry.Action.Details,
            entry.PreviousHash,
            entry.Hash
        );
}
