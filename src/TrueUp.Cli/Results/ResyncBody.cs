namespace TrueUp.Cli.Results;

/// <summary>How often differences that a proof found were synchronised again.</summary>
internal sealed record ResyncBody(int Attempted, int Succeeded);
