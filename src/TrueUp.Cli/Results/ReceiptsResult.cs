using TrueUp.Store.Receipts;

namespace TrueUp.Cli.Results;

/// <summary>What <c>receipt list</c> lists.</summary>
internal sealed record ReceiptsResult(IReadOnlyList<ReceiptEntry> Receipts, string? Next);
