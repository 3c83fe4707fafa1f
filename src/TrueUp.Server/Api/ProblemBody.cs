namespace TrueUp.Server.Api;

/// <summary>A problem as clients get it (RFC 9457), for the API's document.</summary>
internal sealed record ProblemBody
{
    /// <summary>A link to what the status means.</summary>
    public string? Type { get; init; }

    /// <summary>The status in words.</summary>
    public string? Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>What it is, for people.</summary>
    public string? Detail { get; init; }

    /// <summary>What it is, for machines, in snake_case.</summary>
    public required string Code { get; init; }

    /// <summary>What to do next.</summary>
    public required string Suggestion { get; init; }

    /// <summary>What is wrong in detail.</summary>
    public IReadOnlyList<FindingBody>? Findings { get; init; }

    /// <summary>Of an error inside the server, what its log knows it by.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The job that stands in the way.</summary>
    public Jobs.JobBody? Job { get; init; }

    /// <summary>For tracing.</summary>
    public string? TraceId { get; init; }
}
