namespace TrueUp.Store.Settings;

/// <summary>A value of the configuration that the control database holds.</summary>
/// <param name="Key">Such as <c>recovery.enabled</c>.</param>
/// <param name="Value">JSON.</param>
/// <param name="UpdatedAt">When it was set.</param>
/// <param name="UpdatedBy">Who set it.</param>
public sealed record ConfigEntry(string Key, string Value, DateTimeOffset UpdatedAt, string UpdatedBy);
