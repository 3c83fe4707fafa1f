namespace TrueUp.Server.Settings;

/// <summary>A key of <c>trueup.yaml</c>, for the reader, the reference and the API.</summary>
/// <param name="Path">Its place: <c>recovery.enabled</c>; <c>intervals.*</c> stands for every pipeline.</param>
/// <param name="Description">What it means and which values it takes.</param>
/// <param name="Value">Gives its value as it would be written; null for nothing.</param>
internal sealed record SettingKey(string Path, string Description, Func<SettingsDocument, object?> Value)
{
    /// <summary>The end of a path that stands for any name.</summary>
    private const string Any = ".*";

    /// <summary>How it is written.</summary>
    public required string Example { get; init; }

    /// <summary>What holds when it is not given, where there is no value to show.</summary>
    public string? Otherwise { get; init; }

    /// <summary>Whether a change takes effect only with the next start.</summary>
    public bool IsStartOnly { get; init; }

    /// <summary>Whether its value is never shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether it stands for many keys.</summary>
    public bool IsPattern => Path.EndsWith(Any, StringComparison.Ordinal);

    /// <summary>Whether a key is this one, or one of those it stands for.</summary>
    public bool Covers(string key) =>
        IsPattern
            ? key.Length > Path.Length - 1 && key.StartsWith(Path[..^1], StringComparison.Ordinal)
            : string.Equals(key, Path, StringComparison.Ordinal);
}
