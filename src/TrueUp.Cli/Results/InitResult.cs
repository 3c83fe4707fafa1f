namespace TrueUp.Cli.Results;

/// <summary>What <c>init</c> wrote.</summary>
internal sealed record InitResult(IReadOnlyList<string> Files);
