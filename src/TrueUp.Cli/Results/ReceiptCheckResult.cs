namespace TrueUp.Cli.Results;

/// <summary>What <c>receipt check</c> found.</summary>
internal sealed record ReceiptCheckResult(string File, bool Holds);
