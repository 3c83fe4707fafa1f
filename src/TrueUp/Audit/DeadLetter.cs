namespace TrueUp.Audit;

/// <summary>A record that could not be synchronised.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Key">Its key's display text, or its place (<c>record 17</c>) when the key cannot be read.</param>
/// <param name="Issue">See <see cref="Sides.RejectedRecord.Issue"/>.</param>
/// <param name="Reason">What is wrong.</param>
public sealed record DeadLetter(string Unit, string Key, string Issue, string Reason)
{
    /// <summary>The column at fault, if one is.</summary>
    public string? Column { get; init; }

    /// <summary>Line in a text file, or 0.</summary>
    public long Line { get; init; }

    /// <summary>Record number in the source, or 0.</summary>
    public long Ordinal { get; init; }

    /// <summary>The record as the source has it.</summary>
    public string? Raw { get; init; }
}
