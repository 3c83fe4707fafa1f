using System.Text.Json.Serialization;
using TrueUp.Server.Api.Conventions;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Api.Jobs;

/// <summary>A manual trigger. Who triggers follows from the credentials.</summary>
internal sealed record TriggerBody : IRequestBody
{
    /// <summary>The pipeline.</summary>
    public required string EntityType { get; init; }

    /// <summary>The unit of a pipeline of tournaments, as text or number: the same as <c>unit</c>.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? TournamentNo { get; init; }

    /// <summary>Only this unit; null for all.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Unit { get; init; }

    /// <summary>Who goes first.</summary>
    public JobPriority Priority { get; init; } = JobPriority.Normal;

    /// <summary>Why, in the asker's words.</summary>
    public string? Reason { get; init; }

    /// <summary>True to compare only, and write nothing.</summary>
    public bool VerifyOnly { get; init; }
}
