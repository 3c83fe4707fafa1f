namespace TrueUp.Store.Access;

/// <summary>A key of a program, without what it takes to use it.</summary>
public sealed record ApiKey
{
    /// <summary>Its identifier.</summary>
    public required string Id { get; init; }

    /// <summary>What it is for; of the keys that can be used and were not replaced, one has it.</summary>
    public required string Name { get; init; }

    /// <summary>What may be done with it.</summary>
    public required AccessRole Role { get; init; }

    /// <summary>The only pipelines it may see and touch; null for all.</summary>
    public IReadOnlyList<string>? Pipelines { get; init; }

    /// <summary>The part of the key that is no secret, by which a key that is found somewhere is recognised.</summary>
    public required string Prefix { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>From when on it is refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Who revoked it.</summary>
    public string? RevokedBy { get; init; }

    /// <summary>The identifier of the key it was rotated to.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>When it was last used, to the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Whether it is accepted at a time.</summary>
    public bool IsUsableAt(DateTimeOffset time) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > time);
}
