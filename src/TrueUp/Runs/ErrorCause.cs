namespace TrueUp.Runs;

/// <summary>Whose fault an error is.</summary>
public enum ErrorCause
{
    /// <summary>The data, or a protection that refused: exit code 1.</summary>
    Data,

    /// <summary>The pipeline's definition or the way the command was called: exit code 2.</summary>
    Configuration,

    /// <summary>The surroundings: a server, a file, a permission: exit code 3.</summary>
    Environment,
}
