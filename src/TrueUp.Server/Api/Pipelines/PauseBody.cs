namespace TrueUp.Server.Api.Pipelines;

/// <summary>Why a pipeline is paused.</summary>
internal sealed record PauseBody
{
    /// <summary>In the words of whoever does it; null for nothing said.</summary>
    public string? Note { get; init; }
}
