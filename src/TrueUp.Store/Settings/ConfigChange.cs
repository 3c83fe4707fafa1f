namespace TrueUp.Store.Settings;

/// <summary>A change of one value, and what the history is to say about it.</summary>
/// <param name="Key">Such as <c>recovery.enabled</c>.</param>
/// <param name="Expected">The value it must still have, or null when there must be none.</param>
/// <param name="Value">The value it gets as JSON, or null to remove it.</param>
/// <param name="By">Who changes it.</param>
public sealed record ConfigChange(string Key, string? Expected, string? Value, string By)
{
    /// <summary>What was and is in force because of it; may be about other keys, and empty.</summary>
    public IReadOnlyList<ConfigTrail> Trail { get; init; } = [];
}
