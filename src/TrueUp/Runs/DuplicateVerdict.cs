namespace TrueUp.Runs;

/// <summary>What is wrong with a record that shares a key or a unique value.</summary>
/// <param name="Issue">The issue's type.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Column">The column, for unique values.</param>
/// <param name="Skip">Whether the record is set apart; it is only reported otherwise.</param>
internal sealed record DuplicateVerdict(string Issue, string Reason, string? Column, bool Skip);
