using TrueUp.Server.Api.Conventions;

namespace TrueUp.Server.Api.DeadLetters;

/// <summary>Why a dead letter is given up.</summary>
internal sealed record DiscardBody : IRequestBody
{
    /// <summary>In the words of whoever does it.</summary>
    public required string Reason { get; init; }
}
