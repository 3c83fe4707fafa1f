namespace TrueUp.Store.Settings;

/// <summary>A change of the configuration that was made.</summary>
/// <param name="Id">Its number; later ones are higher.</param>
/// <param name="Key">What changed.</param>
/// <param name="OldValue">What was in force before as JSON, or null for nothing.</param>
/// <param name="NewValue">What was in force then as JSON, or null for nothing.</param>
/// <param name="ChangedAt">When.</param>
/// <param name="ChangedBy">Who.</param>
/// <param name="Source">How.</param>
/// <param name="Note">Why, or null.</param>
public sealed record ConfigHistoryEntry(
    long Id,
    string Key,
    string? OldValue,
    string? NewValue,
    DateTimeOffset ChangedAt,
    string ChangedBy,
    ConfigSource Source,
    string? Note
);
