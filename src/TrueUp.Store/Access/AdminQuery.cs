namespace TrueUp.Store.Access;

/// <summary>Which entries of the trail; what is null does not matter.</summary>
public sealed record AdminQuery
{
    /// <summary>From this time on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Who did it.</summary>
    public string? Actor { get; init; }

    /// <summary>What was done.</summary>
    public string? Action { get; init; }

    /// <summary>To what it was done.</summary>
    public string? Object { get; init; }

    /// <summary>What continues a list, or null for its beginning.</summary>
    public string? After { get; init; }

    /// <summary>Entries at most, from 1 to <see cref="AdminTrail.LimitMax"/>.</summary>
    public int Limit { get; init; } = 50;
}
