namespace TrueUp.Server.Api.Access;

/// <summary>Some entries of the trail, newest first.</summary>
internal sealed record AuditList(IReadOnlyList<AuditEntryBody> Items, string? Next);
