using Microsoft.Extensions.Logging;

namespace TrueUp.Server.Settings;

/// <summary>What is logged, and how much of it is kept.</summary>
public sealed record LogSettings
{
    /// <summary>The least important level that is written.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>Bytes after which a new file is begun.</summary>
    public long SizeBytes { get; init; } = 50 << 20;

    /// <summary>Older files that are kept at most; 0 for none.</summary>
    public int Backups { get; init; } = 10;

    /// <summary>Whether older files are compressed.</summary>
    public bool Compress { get; init; } = true;

    /// <summary>Days after which an older file is deleted.</summary>
    public int Days { get; init; } = 30;
}
