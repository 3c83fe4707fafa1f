namespace TrueUp.Server.Api.Runs;

/// <summary>The units of a run.</summary>
/// <param name="Items">In the order in which they ended.</param>
internal sealed record UnitsBody(IReadOnlyList<RunUnitBody> Items);
