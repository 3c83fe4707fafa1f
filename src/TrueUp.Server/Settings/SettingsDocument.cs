namespace TrueUp.Server.Settings;

/// <summary>Everything that can be set: what a start takes, and what may change while the server runs.</summary>
/// <param name="Start">Takes effect with the next start.</param>
/// <param name="Settings">Takes effect at once.</param>
internal sealed record SettingsDocument(StartSettings Start, ServerSettings Settings)
{
    /// <summary>What holds where nothing is set.</summary>
    public static SettingsDocument Default { get; } = new(new StartSettings(), new ServerSettings());
}
