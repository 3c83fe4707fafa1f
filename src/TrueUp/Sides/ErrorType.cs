namespace TrueUp.Sides;

/// <summary>The kinds of errors users filter and count by.</summary>
public enum ErrorType
{
    /// <summary>A connection could not be made or broke.</summary>
    Network,

    /// <summary>Credentials or permissions.</summary>
    Auth,

    /// <summary>A remote interface answered wrongly.</summary>
    Api,

    /// <summary>A database refused or failed.</summary>
    Database,

    /// <summary>Something took longer than allowed.</summary>
    Timeout,

    /// <summary>Input that is not what it should be.</summary>
    Validation,

    /// <summary>Anything else.</summary>
    Unknown,
}
