namespace TrueUp.Cli.Output;

/// <summary>How a text is meant.</summary>
internal enum Tone
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>All is well.</summary>
    Good,

    /// <summary>Needs a look.</summary>
    Warning,

    /// <summary>Something is wrong.</summary>
    Bad,

    /// <summary>Beside the point.</summary>
    Faint,
}
