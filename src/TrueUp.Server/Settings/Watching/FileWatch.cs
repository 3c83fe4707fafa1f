namespace TrueUp.Server.Settings.Watching;

/// <summary>
/// Tells when a file has changed and come to rest: half of a file that is being written may be a file without mistakes.
/// </summary>
internal sealed class FileWatch(string path, TimeProvider clock)
{
    /// <summary>How long a file has to look the same to be at rest.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    /// <summary>A file that never rests is taken as it is after this time.</summary>
    public static readonly TimeSpan RestlessMax = TimeSpan.FromSeconds(5);

    private FileStamp? _taken;
    private FileStamp? _seen;
    private long _seenAt;
    private long _movesSince;

    /// <summary>How the file looked when it was last taken, or null if it never was.</summary>
    public FileStamp? Taken => _taken;

    /// <summary>Looks at the file. After <see cref="FileLook.Changed"/> it counts as taken.</summary>
    /// <param name="atOnce">Whether a change is taken without waiting for the file to rest.</param>
    public FileLook Look(bool atOnce)
    {
        var stamp = FileStamp.Of(path);
        if (stamp == _taken)
        {
            _seen = null;
            return FileLook.Same;
        }
        if (!atOnce && !IsAtRest(stamp))
        {
            return FileLook.Moving;
        }
        (_taken, _seen) = (stamp, null);
        return FileLook.Changed;
    }

    private bool IsAtRest(FileStamp stamp)
    {
        var now = clock.GetTimestamp();
        if (_seen is null)
        {
            _movesSince = now;
        }
        if (_seen != stamp)
        {
            (_seen, _seenAt) = (stamp, now);
        }
        return clock.GetElapsedTime(_seenAt, now) >= Rest || clock.GetElapsedTime(_movesSince, now) >= RestlessMax;
    }
}
