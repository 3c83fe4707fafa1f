using TrueUp.Store.Queries;

namespace TrueUp.Cli.Results;

/// <summary>What <c>errors</c> lists.</summary>
internal sealed record ErrorsResult(IReadOnlyList<ErrorEntry> Errors, string? Next);
