namespace TrueUp.Server.Api.DeadLetters;

/// <summary>Why a dead letter is given up.</summary>
internal sealed record DiscardBody
{
    /// <summary>In the words of whoever does it.</summary>
    public required string Reason { get; init; }
}
