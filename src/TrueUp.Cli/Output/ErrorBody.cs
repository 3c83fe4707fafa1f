namespace TrueUp.Cli.Output;

/// <summary>What went wrong.</summary>
/// <param name="Code">Stable, for machines.</param>
/// <param name="Message">What failed, and where.</param>
/// <param name="Suggestion">What to do next.</param>
internal sealed record ErrorBody(string Code, string Message, string Suggestion)
{
    /// <summary>Every single thing that is wrong.</summary>
    public IReadOnlyList<FindingBody> Findings { get; init; } = [];
}
