using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TrueUp.Sides;

namespace TrueUp.Server.Settings.Watching;

/// <summary>
/// Looks at everything that can be reloaded: every second, and at once when the file system says that something
/// happened. The file system's word is only a hint: network file systems and full queues say nothing.
/// </summary>
internal sealed partial class Reloader(
    IEnumerable<IReloadable> reloadables,
    TimeProvider clock,
    ILogger<Reloader> logger
) : BackgroundService
{
    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The time between two looks while something is being written.</summary>
    public static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(250);

    /// <summary>Every so many looks also read what seems unchanged.</summary>
    public const int ThoroughEvery = 30;

    private readonly ILogger _logger = logger;
    private readonly IReloadable[] _reloadables = [.. reloadables];
    private readonly HashSet<IReloadable> _failing = [];
    private readonly Channel<bool> _hints = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>Takes the first look, so that whatever starts later finds everything in force.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LookAsync(thorough: true, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Looks at everything.</summary>
    /// <returns>Whether something is changing just now.</returns>
    public async Task<bool> LookAsync(bool thorough, CancellationToken cancellationToken)
    {
        var moving = false;
        foreach (var reloadable in _reloadables)
        {
            try
            {
                moving |= await reloadable.LookAsync(thorough, cancellationToken);
                _failing.Remove(reloadable);
            }
            catch (SideException error)
            {
                // Said once: /health/ready says it as long as it lasts.
                if (_failing.Add(reloadable))
                {
                    LogCannotLook(reloadable.Folder, error.Message);
                }
            }
        }
        return moving;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var watchers = _reloadables.Select(Watch).ToList();
        try
        {
            var moving = false;
            for (var looks = 1; !stoppingToken.IsCancellationRequested; looks = looks % ThoroughEvery + 1)
            {
                await WaitAsync(moving ? ShortPause : Pause, isHintEnough: !moving, stoppingToken);
                moving = await LookAsync(thorough: looks == ThoroughEvery, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }
        finally
        {
            watchers.ForEach(watcher => watcher?.Dispose());
        }
    }

    private async Task WaitAsync(TimeSpan pause, bool isHintEnough, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(pause, clock, ended.Token);
        await (isHintEnough ? Task.WhenAny(delay, _hints.Reader.WaitToReadAsync(ended.Token).AsTask()) : delay);
        await ended.CancelAsync();
        _hints.Reader.TryRead(out _);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private FileSystemWatcher? Watch(IReloadable reloadable)
    {
        try
        {
            var watcher = new FileSystemWatcher(reloadable.Folder, reloadable.Pattern);
            watcher.Changed += (_, _) => _hints.Writer.TryWrite(true);
            watcher.Created += (_, _) => _hints.Writer.TryWrite(true);
            watcher.Deleted += (_, _) => _hints.Writer.TryWrite(true);
            watcher.Renamed += (_, _) => _hints.Writer.TryWrite(true);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception error) when (error is IOException or ArgumentException or UnauthorizedAccessException)
        {
            LogNoHints(reloadable.Folder, error.Message);
            return null;
        }
    }

    [LoggerMessage(3011, LogLevel.Warning, "Changes around {Folder} cannot be taken in for now: {Problem}")]
    private partial void LogCannotLook(string folder, string problem);

    [LoggerMessage(
        3012,
        LogLevel.Warning,
        "The file system does not tell of changes in {Folder} ({Problem}); they are looked for every second."
    )]
    private partial void LogNoHints(string folder, string problem);

    [LoggerMessage(3013, LogLevel.Debug, "Changes are not looked for any more.")]
    private partial void LogStopped();
}
