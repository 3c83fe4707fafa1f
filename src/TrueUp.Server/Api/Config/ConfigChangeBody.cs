using System.Text.Json;
using TrueUp.Server.Api.Conventions;

namespace TrueUp.Server.Api.Config;

/// <summary>A change that is asked for.</summary>
internal sealed record ConfigChangeBody : IRequestBody
{
    /// <summary>The value.</summary>
    public JsonElement Value { get; init; }

    /// <summary>Why.</summary>
    public string? Note { get; init; }

    /// <summary>The value in force that it is meant for; when it is another by now, nothing changes.</summary>
    public JsonElement Expected { get; init; }
}
