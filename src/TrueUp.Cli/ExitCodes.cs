namespace TrueUp.Cli;

/// <summary>What the process says when it ends.</summary>
internal static class ExitCodes
{
    /// <summary>Done; for run and verify: proven.</summary>
    public const int Success = 0;

    /// <summary>Failed, refused by a protection, or not proven.</summary>
    public const int NotProven = 1;

    /// <summary>The command line or the pipeline file is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A server, a file or a permission is missing.</summary>
    public const int Environment = 3;

    /// <summary>Cancelled, as shells report an interrupted command.</summary>
    public const int Cancelled = 130;
}
