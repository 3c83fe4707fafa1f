namespace TrueUp.Store.Access;

/// <summary>Somebody who may use the dashboard.</summary>
public sealed record User
{
    /// <summary>Their name, in lower case.</summary>
    public required string Name { get; init; }

    /// <summary>What they may do.</summary>
    public required AccessRole Role { get; init; }

    /// <summary>When they were added.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who added them.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When their role, password or state was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Since when they may not; null when they may.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>When they last logged in.</summary>
    public DateTimeOffset? LastLoginAt { get; init; }
}
