namespace TrueUp.Server.Api.Pipelines;

/// <summary>What became of one pipeline of several.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Ok">Whether it was done.</param>
/// <param name="Code">Why not, for machines, or null.</param>
/// <param name="Message">Why not, or null.</param>
/// <param name="SyncJobId">Its job, when it was triggered; null otherwise.</param>
internal sealed record BulkResultBody(string Name, bool Ok, string? Code, string? Message, string? SyncJobId);
