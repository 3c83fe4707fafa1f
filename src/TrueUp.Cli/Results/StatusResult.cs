using TrueUp.Store.Queries;

namespace TrueUp.Cli.Results;

/// <summary>What <c>status</c> says.</summary>
internal sealed record StatusResult(IReadOnlyList<PipelineStatus> Pipelines);
