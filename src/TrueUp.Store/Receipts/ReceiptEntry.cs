namespace TrueUp.Store.Receipts;

/// <summary>A receipt that was written.</summary>
/// <param name="RunId">The run it is about.</param>
/// <param name="Pipeline">Its pipeline.</param>
/// <param name="Path">Where it is, relative to the home folder.</param>
/// <param name="Hash">SHA-256 of the file in lower-case hex.</param>
/// <param name="CreatedAt">When it was noted (UTC).</param>
public sealed record ReceiptEntry(string RunId, string Pipeline, string Path, string Hash, DateTimeOffset CreatedAt);
