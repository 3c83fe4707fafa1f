using System.Text.Json.Serialization;
using TrueUp.Server.Api.Conventions;
using TrueUp.Store.Jobs;

namespace TrueUp.Server.Api.Jobs;

/// <summary>What is asked for when a pipeline is to run.</summary>
internal sealed record RunRequestBody : IRequestBody
{
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
