using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TrueUp.Pipelines;
using TrueUp.Server.Settings.Watching;
using TrueUp.Sides;

namespace TrueUp.Server.Pipelines;

/// <summary>
/// Keeps the catalog as the folder of pipeline files is. A file with mistakes leaves its last good version in force; a
/// file that is gone takes its pipeline along, but no run that has begun. What is in force is told to the history.
/// </summary>
internal sealed partial class PipelineFolder(
    string folder,
    PipelineCatalog catalog,
    PipelineHistory history,
    ConnectorRegistry connectors,
    Func<string, string?> environment,
    TimeProvider clock,
    ILogger<PipelineFolder> logger
) : IReloadable, IDisposable
{
    /// <summary>Files that are read at most.</summary>
    public const int FilesMax = 10_000;

    private readonly ILogger _logger = logger;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, KnownFile> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _untold = new(StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, PipelineEntry> _entries = ImmutableSortedDictionary<
        string,
        PipelineEntry
    >.Empty;
    private ImmutableDictionary<string, GoodVersion> _inForce = ImmutableDictionary<string, GoodVersion>.Empty;
    private Finding? _problem;
    private bool _isFirst = true;

    /// <summary>Whether files may have gone while no server looked.</summary>
    private bool _isUnsure = true;

    /// <inheritdoc />
    public string Folder => folder;

    /// <inheritdoc />
    public string Pattern => "*.yaml";

    /// <summary>Reads a text as if it stood in a file of the folder.</summary>
    public PipelineReading Try(string text, string file) =>
        PipelineReader.ReadText(text, file, connectors, environment);

    /// <inheritdoc />
    public async ValueTask<bool> LookAsync(bool thorough, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var (isNew, isMoving) = Scan(thorough);
            if (isNew || _isFirst)
            {
                Publish();
            }
            await TellAsync(cancellationToken);
            return isMoving;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Does something while nobody else looks at or changes the folder, and takes in what became of it.
    /// </summary>
    /// <param name="work">Gets the files by name of the pipeline in force.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<T> ChangeAsync<T>(Func<PipelineFiles, Task<T>> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var result = await work(new PipelineFiles(folder, _files, _inForce));
            // Whatever was written is at rest: it came by renaming.
            if (Scan(thorough: false, atOnce: true).IsNew)
            {
                Publish();
            }
            await TellAsync(cancellationToken);
            return result;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The file behind a pipeline as it was last read, or null.</summary>
    public async Task<KnownFile?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _entries.GetValueOrDefault(name) is { } entry ? _files.GetValueOrDefault(entry.File) : null;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();

    private (bool IsNew, bool IsMoving) Scan(bool thorough, bool atOnce = false)
    {
        if (List(out var paths) is { } problem)
        {
            var isNews = _problem != problem;
            _problem = problem;
            return (isNews, false);
        }
        var (isNew, isMoving) = (_problem is not null, false);
        _problem = null;
        foreach (var path in paths)
        {
            _files.TryAdd(path, new KnownFile(path, clock));
        }
        foreach (var file in _files.Values.ToList())
        {
            // A first look takes everything: what runs should not wait for a file to be a quarter of a second old.
            var look = file.Watch.Look(atOnce || _isFirst);
            isMoving |= look == FileLook.Moving;
            if (look == FileLook.Changed || (thorough && look == FileLook.Same))
            {
                isNew |= Take(file);
            }
        }
        return (isNew, isMoving);
    }

    private bool Take(KnownFile file)
    {
        if (!FileStamp.Of(file.Path).Exists && new FileInfo(file.Path).LinkTarget is null)
        {
            _files.Remove(file.Path);
            return true;
        }
        return file.Read(connectors, environment);
    }

    private Finding? List(out List<string> paths)
    {
        paths = [];
        try
        {
            paths = [.. Directory.EnumerateFiles(folder, Pattern).Take(FilesMax + 1)];
            return paths.Count <= FilesMax
                ? null
                : Problem("too_many_files", $"There are more than {FilesMax} files in {folder}.", "Remove some.");
        }
        catch (DirectoryNotFoundException)
        {
            return Problem(
                "folder_missing",
                $"The folder {folder} is gone.",
                "Put it back; what it held stays in force."
            );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Problem("folder_unreadable", $"The folder {folder} cannot be read.", "Check its permissions.");
        }
    }

    private Finding Problem(string code, string message, string suggestion) =>
        new(code, message, suggestion) { File = folder };

    private void Publish()
    {
        var before = _inForce;
        var entries = _entries;
        if (_problem is { } problem)
        {
            entries = entries.ToImmutableSortedDictionary(
                e => e.Key,
                e => e.Value with { Findings = [.. e.Value.Findings.Where(f => f.File != folder), problem] },
                StringComparer.Ordinal
            );
        }
        else
        {
            (entries, _inForce) = CatalogBuilder.Build(_files.Values, before);
        }
        foreach (
            var finding in entries
                .Values.SelectMany(e => e.Findings)
                .Except(_entries.Values.SelectMany(e => e.Findings))
        )
        {
            LogFinding(Path.GetFileName(finding.File), finding.Line, finding.Message, finding.Suggestion);
        }
        foreach (
            var name in before
                .Keys.Union(_inForce.Keys)
                .Where(name => before.GetValueOrDefault(name)?.Hash != _inForce.GetValueOrDefault(name)?.Hash)
        )
        {
            _untold.Add(name);
            LogInForce(name, _inForce.GetValueOrDefault(name)?.Hash);
        }
        _entries = entries;
        if (_problem is null)
        {
            catalog.SetRead(entries);
        }
        else
        {
            catalog.Set(entries);
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        if (_isFirst)
        {
            _isFirst = false;
            _untold.UnionWith(_inForce.Keys);
        }
        if (_isUnsure)
        {
            var gone = await history.NamesAsync(cancellationToken);
            _untold.UnionWith(gone.Where(name => !_entries.ContainsKey(name)));
            _isUnsure = false;
        }
        foreach (var name in _untold.Order(StringComparer.Ordinal).ToList())
        {
            await history.SeenAsync(name, _inForce.GetValueOrDefault(name), cancellationToken);
            _untold.Remove(name);
        }
    }

    [LoggerMessage(3101, LogLevel.Error, "{File}, line {Line}: {Problem} {Suggestion}")]
    private partial void LogFinding(string? file, int? line, string problem, string suggestion);

    [LoggerMessage(3102, LogLevel.Information, "Pipeline {Pipeline} is in force as version {Version}.")]
    private partial void LogInForce(string pipeline, string? version);
}
