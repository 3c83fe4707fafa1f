namespace TrueUp.Server.Api.Access;

/// <summary>All users, by name.</summary>
internal sealed record UserList(IReadOnlyList<UserBody> Items);
