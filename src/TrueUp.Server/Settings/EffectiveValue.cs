using TrueUp.Store.Settings;

namespace TrueUp.Server.Settings;

/// <summary>A value in force, and why it is.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">JSON; null for nothing.</param>
/// <param name="Base">What holds without an override, as JSON; null for nothing.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Override">What the control database holds, or null.</param>
internal sealed record EffectiveValue(
    string Key,
    string? Value,
    string? Base,
    ValueOrigin Origin,
    ConfigEntry? Override
);
