using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Runs;

/// <summary>What a run found different, by key (P02).</summary>
/// <param name="Items">The first thousand; one without a key says how many others there were.</param>
internal sealed record GapsBody(IReadOnlyList<GapEntry> Items);
