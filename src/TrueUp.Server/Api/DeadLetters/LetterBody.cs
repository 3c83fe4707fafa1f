using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.DeadLetters;

/// <summary>A record that could not be synchronised.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Unit">The unit; empty when the pipeline has one part only.</param>
/// <param name="RecordKey">The record's key, or its place when the key cannot be read.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Issue">What kind of trouble.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Column">The column at fault, or null.</param>
/// <param name="Line">Line in a text file, or null.</param>
/// <param name="Raw">The record as the source has it; null in lists.</param>
/// <param name="Attempts">Runs that could not synchronise it.</param>
/// <param name="FirstSeen">When it first failed.</param>
/// <param name="LastSeen">When it last failed.</param>
/// <param name="LastRunId">The run in which it last failed.</param>
/// <param name="SettledAt">When it succeeded or was discarded, or null.</param>
/// <param name="SettledBy">Who discarded it, or null.</param>
/// <param name="SettledReason">Why it is settled, or null.</param>
internal sealed record LetterBody(
    long Id,
    string Pipeline,
    string Unit,
    string RecordKey,
    LetterState State,
    string Issue,
    string Reason,
    string? Column,
    long? Line,
    string? Raw,
    int Attempts,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    string LastRunId,
    DateTimeOffset? SettledAt,
    string? SettledBy,
    string? SettledReason
)
{
    public static LetterBody Of(DeadLetterEntry letter) =>
        new(
            letter.Id,
            letter.Pipeline,
            letter.Unit,
            letter.Key,
            letter.State,
            letter.Issue,
            letter.Reason,
            letter.Column,
            letter.Line == 0 ? null : letter.Line,
            letter.Raw,
            letter.Attempts,
            letter.FirstSeen,
            letter.LastSeen,
            letter.LastRunId,
            letter.SettledAt,
            letter.SettledBy,
            letter.SettledReason
        );
}
