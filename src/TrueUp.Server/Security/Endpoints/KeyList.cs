namespace TrueUp.Server.Security.Endpoints;

/// <summary>Some keys, newest first.</summary>
internal sealed record KeyList(IReadOnlyList<KeyBody> Items, string? Next);
