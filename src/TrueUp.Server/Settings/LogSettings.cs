using Microsoft.Extensions.Logging;

namespace TrueUp.Server.Settings;

/// <summary>The server's log files.</summary>
public sealed record LogSettings
{
    /// <summary>The least that is written.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>Bytes of a file before the next one is begun.</summary>
    public long Size { get; init; } = 10 << 20;

    /// <summary>Files that are kept beside the one that is written.</summary>
    public int Backups { get; init; } = 10;

    /// <summary>Whether these are compressed (gzip).</summary>
    public bool Compress { get; init; } = true;

    /// <summary>Days after which a file is deleted; 0 for never.</summary>
    public int Days { get; init; } = 30;
}
