namespace TrueUp.Server.Api.Conventions;

/// <summary>What an endpoint's query may hold, as endpoints carry it.</summary>
/// <param name="ByName">The parameters; names in any case.</param>
internal sealed record QueryParameters(IReadOnlyDictionary<string, QueryParameter> ByName);
