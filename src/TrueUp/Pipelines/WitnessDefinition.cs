namespace TrueUp.Pipelines;

/// <summary>Who outside is told of each receipt, so that the chain cannot be rewritten unnoticed.</summary>
public sealed record WitnessDefinition
{
    /// <summary>The absolute path of a file that a line is appended to, or null.</summary>
    public string? File { get; init; }

    /// <summary>An address that is sent each line, or null; it may hold a secret.</summary>
    public string? Webhook { get; init; }
}
