namespace TrueUp.Server.Api.Pipelines;

/// <summary>Who paused a pipeline.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Note">Why, or null.</param>
internal sealed record PauseState(DateTimeOffset? At, string? By, string? Note);
