using TrueUp.Pipelines;

namespace TrueUp.Server.Settings.Reading;

/// <summary>What reading the settings gave.</summary>
/// <param name="Document">The settings, or null when a finding is an error.</param>
/// <param name="Findings">What is wrong, in the order of the file.</param>
/// <param name="Given">The keys that the file gives a value.</param>
internal sealed record SettingsReading(
    SettingsDocument? Document,
    IReadOnlyList<Finding> Findings,
    IReadOnlySet<string> Given
);
