namespace TrueUp.Server.Api.PipelineFiles;

/// <summary>A pipeline's file as it is now.</summary>
/// <param name="Hash">The version in force, to be named by whoever replaces it; null when there is none.</param>
internal sealed record PipelineHashBody(string? Hash);
