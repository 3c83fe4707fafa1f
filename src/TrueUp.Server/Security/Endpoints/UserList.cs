namespace TrueUp.Server.Security.Endpoints;

/// <summary>All users, by name.</summary>
internal sealed record UserList(IReadOnlyList<UserBody> Items);
