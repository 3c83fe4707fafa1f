using TrueUp.Pipelines;
using TrueUp.Server.Settings.Reading;
using TrueUp.Store.Settings;

namespace TrueUp.Server.Settings;

/// <summary>The configuration at one moment: what it is made of, and what that gives. Immutable.</summary>
internal sealed record ConfigurationState
{
    private ConfigurationState(
        SettingsText text,
        SettingsReading file,
        ConfigSnapshot stored,
        SettingsDocument effective,
        IReadOnlyList<Finding> ignored
    )
    {
        Text = text;
        File = file;
        Stored = stored;
        Effective = effective;
        Ignored = ignored;
    }

    /// <summary>The file, in its last version without mistakes.</summary>
    public SettingsText Text { get; }

    /// <summary>What the file says by itself.</summary>
    public SettingsReading File { get; }

    /// <summary>What the control database holds: overrides and what the server notes beside them.</summary>
    public ConfigSnapshot Stored { get; }

    /// <summary>What is in force.</summary>
    public SettingsDocument Effective { get; }

    /// <summary>Why some overrides are not in force: another version of the program may have written them.</summary>
    public IReadOnlyList<Finding> Ignored { get; }

    /// <summary>The state that a file and a control database give, or what is wrong with the file.</summary>
    public static (ConfigurationState? State, IReadOnlyList<Finding> Problems) Of(
        SettingsText text,
        ConfigSnapshot stored,
        SettingsParser parser
    )
    {
        var file = parser.Read(text);
        if (file.Document is null)
        {
            return (null, file.Findings);
        }
        var overrides = stored
            .Entries.Where(entry => SettingsReference.Find(entry.Key) is { IsStartOnly: false })
            .ToDictionary(entry => entry.Key, entry => entry.Value.Value, StringComparer.Ordinal);
        var ignored = new List<Finding>();
        var reading = parser.Read(text, overrides);
        if (reading.Document is null)
        {
            // The file alone is right, so each mistake is that of an override, and each override stands for itself.
            foreach (var finding in reading.Findings.Where(f => f.IsError && f.Path is not null))
            {
                overrides.Remove(finding.Path!);
                ignored.Add(finding with { IsError = false });
            }
            reading = parser.Read(text, overrides);
        }
        return (new ConfigurationState(text, file, stored, reading.Document ?? file.Document, ignored), file.Findings);
    }

    /// <summary>A value and where it comes from.</summary>
    public EffectiveValue Value(string key)
    {
        var entry = IsIgnored(key) ? null : Stored.Entries.GetValueOrDefault(key);
        return new EffectiveValue(
            key,
            SettingValues.Of(Effective, key),
            SettingValues.Of(File.Document!, key),
            entry is not null ? ValueOrigin.Override
                : File.Given.Contains(key) ? ValueOrigin.File
                : ValueOrigin.Default,
            entry
        );
    }

    private bool IsIgnored(string key) => Ignored.Any(finding => finding.Path == key);
}
