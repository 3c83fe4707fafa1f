using TrueUp.Server.Api.Conventions;

namespace TrueUp.Server.Api.Errors;

/// <summary>What was done about an error.</summary>
internal sealed record ResolveBody : IRequestBody
{
    /// <summary>In the words of whoever did it.</summary>
    public required string Note { get; init; }
}
