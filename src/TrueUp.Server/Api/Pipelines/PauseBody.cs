using TrueUp.Server.Api.Conventions;

namespace TrueUp.Server.Api.Pipelines;

/// <summary>Why a pipeline is paused.</summary>
internal sealed record PauseBody : IRequestBody
{
    /// <summary>In the words of whoever does it; null for nothing said.</summary>
    public string? Note { get; init; }
}
