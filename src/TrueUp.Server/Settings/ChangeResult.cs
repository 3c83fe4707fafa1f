namespace TrueUp.Server.Settings;

/// <summary>What became of a change somebody asked for.</summary>
internal enum ChangeResult
{
    /// <summary>It is made.</summary>
    Done,

    /// <summary>It was so already.</summary>
    Unchanged,

    /// <summary>There is no such key or change.</summary>
    NotFound,

    /// <summary>It can only be set in the file, and takes effect with the next start.</summary>
    StartOnly,

    /// <summary>The value is wrong; the findings say why.</summary>
    Invalid,

    /// <summary>Somebody else changed it in between.</summary>
    Conflict,
}
