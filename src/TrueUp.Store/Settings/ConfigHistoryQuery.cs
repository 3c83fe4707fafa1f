namespace TrueUp.Store.Settings;

/// <summary>Which changes to list; all conditions have to hold.</summary>
public sealed record ConfigHistoryQuery
{
    /// <summary>Of this key.</summary>
    public string? Key { get; init; }

    /// <summary>By this person or file.</summary>
    public string? By { get; init; }

    /// <summary>From this time on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Where the page before ended, or null for the first.</summary>
    public string? After { get; init; }

    /// <summary>Changes at most, from 1 to <see cref="ConfigStore.LimitMax"/>.</summary>
    public int Limit { get; init; } = 50;
}
