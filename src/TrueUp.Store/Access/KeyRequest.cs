namespace TrueUp.Store.Access;

/// <summary>A key to be made.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What may be done with it.</param>
/// <param name="CreatedBy">Who makes it.</param>
public sealed record KeyRequest(string Name, AccessRole Role, string CreatedBy)
{
    /// <summary>
    /// The only pipelines it may see and touch; null for all, which an administrator's key always may.
    /// </summary>
    public IReadOnlyList<string>? Pipelines { get; init; }

    /// <summary>From when on it is refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
