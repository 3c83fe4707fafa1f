using TrueUp.Server.Security;

namespace TrueUp.Server.Api.Access;

/// <summary>Who the caller is.</summary>
/// <param name="Authenticated">Whether they proved it.</param>
/// <param name="Name">As it is recorded: <c>key:NAME</c> or <c>user:NAME</c>.</param>
/// <param name="Role">viewer, operator or admin.</param>
/// <param name="Pipelines">The only pipelines they may see and touch; null for all.</param>
internal sealed record MeBody(bool Authenticated, string? Name, string? Role, IReadOnlyCollection<string>? Pipelines)
{
    public static MeBody Of(Caller caller) =>
        caller == Caller.Nobody
            ? new MeBody(false, null, null, null)
            : new MeBody(true, caller.Name, caller.Role, caller.Pipelines?.Order(StringComparer.Ordinal).ToList());
}
