using TrueUp.Server.Api.Conventions;

namespace TrueUp.Server.Api.Errors;

/// <summary>What was done about several errors.</summary>
internal sealed record BulkResolveBody : IRequestBody
{
    /// <summary>Their numbers, 1 to 1000 of them.</summary>
    public required IReadOnlyList<long> Ids { get; init; }

    /// <summary>In the words of whoever did it.</summary>
    public required string Note { get; init; }
}
