using TrueUp.Store.Queries;

namespace TrueUp.Cli.Results;

/// <summary>What <c>runs</c> lists.</summary>
internal sealed record RunsResult(IReadOnlyList<RunSummary> Runs, string? Next);
