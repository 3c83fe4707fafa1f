namespace TrueUp.Server.Api.Access;

/// <summary>Some keys, newest first.</summary>
internal sealed record KeyList(IReadOnlyList<KeyBody> Items, string? Next);
