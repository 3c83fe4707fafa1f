namespace TrueUp.Store.Queries;

/// <summary>How repairing went.</summary>
/// <param name="Attempted">How often differences were synchronised again.</param>
/// <param name="Succeeded">How often that left nothing to repair.</param>
public sealed record ResyncResult(int Attempted, int Succeeded);
