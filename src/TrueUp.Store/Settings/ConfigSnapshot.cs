namespace TrueUp.Store.Settings;

/// <summary>What the control database holds of the configuration.</summary>
/// <param name="Version">Grows with every change; see <see cref="ConfigStore.VersionAsync"/>.</param>
/// <param name="Entries">By key.</param>
public sealed record ConfigSnapshot(long Version, IReadOnlyDictionary<string, ConfigEntry> Entries)
{
    /// <summary>Nothing.</summary>
    public static ConfigSnapshot Empty { get; } = new(0, new Dictionary<string, ConfigEntry>());

    /// <summary>The value of a key, or null.</summary>
    public string? Value(string key) => Entries.GetValueOrDefault(key)?.Value;
}
