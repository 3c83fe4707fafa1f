using TrueUp.Store.Queries;

namespace TrueUp.Cli.Results;

/// <summary>What <c>dead-letters list</c> lists.</summary>
internal sealed record DeadLettersResult(IReadOnlyList<DeadLetterEntry> DeadLetters, string? Next);
