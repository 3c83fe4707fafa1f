namespace TrueUp.Server.Logs;

/// <summary>How the log is shown while the server runs.</summary>
public enum ConsoleStyle
{
    /// <summary>A short line for people.</summary>
    Plain,

    /// <summary>The same, with the level in its colour: for terminals.</summary>
    Colored,

    /// <summary>The lines of the log file.</summary>
    Json,
}
