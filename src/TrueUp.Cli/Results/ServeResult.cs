namespace TrueUp.Cli.Results;

/// <summary>What <c>serve</c> returns when it was stopped.</summary>
internal sealed record ServeResult(string Home, IReadOnlyList<string> Urls);
