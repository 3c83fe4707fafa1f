namespace TrueUp.Store.Settings;

/// <summary>How a change of the configuration came about.</summary>
public enum ConfigSource
{
    /// <summary>Somebody asked for it.</summary>
    Api,

    /// <summary>A file was edited.</summary>
    File,

    /// <summary>Somebody took an earlier change back.</summary>
    Revert,
}
