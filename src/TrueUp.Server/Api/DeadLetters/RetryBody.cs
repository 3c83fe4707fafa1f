using TrueUp.Server.Api.Conventions;

namespace TrueUp.Server.Api.DeadLetters;

/// <summary>Whose dead letters are to be tried again.</summary>
internal sealed record RetryBody : IRequestBody
{
    /// <summary>The pipeline: a run of it tries them all.</summary>
    public required string Pipeline { get; init; }
}
