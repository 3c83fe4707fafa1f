using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using TrueUp.Server.Settings;

namespace TrueUp.Server.Logs;

/// <summary>
/// A log file that is closed at a size, or in time for what it holds to be deleted when it is too old; a number of
/// closed ones are kept. A disk that is full costs entries, not the server: how many are missing is written when there
/// is room again. Safe for use by several threads.
/// </summary>
internal sealed class LogFile : IAsyncDisposable, IDisposable
{
    private const int NamesMax = 100;

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly Func<LogSettings> _settings;
    private readonly FileStream _claim;
    private readonly LogFileName _name;
    private FileStream? _stream;
    private DateTimeOffset _begun;
    private long _lost;
    private string? _trouble;
    private Task _tidying = Task.CompletedTask;

    /// <param name="folder">The folder of logs; it exists.</param>
    /// <param name="name">The file's name without extension; a number follows where another process has that.</param>
    /// <param name="clock">The time.</param>
    /// <param name="settings">Says how large, how many and how old files may be.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public LogFile(string folder, string name, TimeProvider clock, Func<LogSettings> settings)
    {
        _clock = clock;
        _settings = settings;
        (_claim, name) = Claim(folder, name);
        _name = new LogFileName(folder, name);
        Open();
        Tidy();
    }

    /// <summary>The file that is written.</summary>
    public string Path => _name.Current;

    /// <summary>Ends when what was closed so far is compressed and what is too old is deleted.</summary>
    public Task IdleAsync()
    {
        lock (_gate)
        {
            return _tidying;
        }
    }

    /// <summary>Writes a line, which ends with a line feed.</summary>
    public void Write(ReadOnlySpan<byte> line)
    {
        lock (_gate)
        {
            try
            {
                if (IsFull(line.Length))
                {
                    Close();
                    Tidy();
                }
                var stream = _stream ?? Open();
                WriteTrouble(stream);
                stream.Write(line);
            }
            catch (IOException)
            {
                _lost++;
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _tidying;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _stream?.Dispose();
            _stream = null;
            _claim.Dispose();
        }
    }

    private bool IsFull(int bytes)
    {
        if (_stream is not { Length: > 0 } stream)
        {
            return false;
        }
        var settings = _settings();
        // Closed often enough that the number of files does not decide before their age does.
        var age = TimeSpan.FromDays(Math.Max(1, (double)settings.Days / Math.Max(1, settings.Backups)));
        return stream.Length + bytes > settings.SizeBytes || (settings.Days > 0 && _clock.GetUtcNow() - _begun >= age);
    }

    private FileStream Open()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        _begun = FirstTime() ?? _clock.GetUtcNow();
        return _stream = new FileStream(_name.Current, options);
    }

    // When a server is started again, the file it goes on with may be old already.
    private DateTimeOffset? FirstTime()
    {
        if (!File.Exists(_name.Current))
        {
            return null;
        }
        var first = File.ReadLines(_name.Current).FirstOrDefault()?.Split('"').ElementAtOrDefault(3);
        return DateTimeOffset.TryParse(first, CultureInfo.InvariantCulture, out var time) ? time : null;
    }

    private void Close()
    {
        _stream!.Dispose();
        _stream = null;
        File.Move(_name.Current, _name.Closed(_clock.GetUtcNow()));
    }

    private void WriteTrouble(FileStream stream)
    {
        var lost = _lost > 0 ? $"{_lost} entries could not be written before this one. " : "";
        if (lost.Length == 0 && _trouble is null)
        {
            return;
        }
        var now = _clock.GetUtcNow();
        var message = (lost + _trouble).TrimEnd();
        stream.Write(
            JsonLine.Of(new LogEntry(now, LogLevel.Error, typeof(LogFile).FullName!, 0, message, LogFields.None, null))
        );
        (_lost, _trouble) = (0, null);
    }

    // Behind the back of whoever writes: compressing a file takes longer than anybody should wait for a line.
    private void Tidy() => _tidying = TidyAsync(_tidying, _settings(), _clock.GetUtcNow());

    private async Task TidyAsync(Task previous, LogSettings settings, DateTimeOffset now)
    {
        await previous;
        var trouble = await Task.Run(() => LogBackups.Tidy(_name, settings, now));
        lock (_gate)
        {
            _trouble = trouble;
        }
    }

    // Several servers may share a home: each has its own file, held by a lock as long as it lives.
    private static (FileStream Claim, string Name) Claim(string folder, string name)
    {
        for (var number = 1; ; number++)
        {
            var candidate = number == 1 ? name : $"{name}-{number}";
            try
            {
                var path = System.IO.Path.Combine(folder, $".{candidate}.lock");
                return (new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), candidate);
            }
            catch (IOException) when (number < NamesMax)
            {
                // Another process has it.
                continue;
            }
        }
    }
}
