using TrueUp.Server.Api.Conventions;

namespace TrueUp.Server.Api.Pipelines;

/// <summary>What is to be done with several pipelines.</summary>
internal sealed record BulkBody : IRequestBody
{
    /// <summary>What.</summary>
    public required BulkAction Action { get; init; }

    /// <summary>Their names, 1 to 1000 of them.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Why, in the asker's words.</summary>
    public string? Reason { get; init; }
}
