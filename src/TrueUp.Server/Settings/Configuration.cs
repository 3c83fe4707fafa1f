using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using TrueUp.Pipelines;
using TrueUp.Server.Settings.Reading;
using TrueUp.Store;
using TrueUp.Store.Settings;

namespace TrueUp.Server.Settings;

/// <summary>
/// The settings of this server: puts the file and the control database together, keeps the board current, and makes
/// changes. The history is of what is in force: a line in the file that an override hides changes nothing, and is
/// told when the override goes. One change or look at a time.
/// </summary>
internal sealed partial class Configuration : IDisposable
{
    /// <summary>The key under which the control database notes what was last seen in the file.</summary>
    public const string FileKey = "trueup.yaml";

    /// <summary>Who changed something in a file: nobody else is known.</summary>
    public const string FileActor = "file";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SettingsParser _parser;
    private readonly SettingsBoard _board;
    private readonly ConfigStore _store;
    private readonly ILogger<Configuration> _logger;
    private volatile ConfigurationState _state;
    private volatile IReadOnlyList<Finding> _problems = [];
    private string? _brokenHash;

    public Configuration(
        SettingsText text,
        SettingsParser parser,
        SettingsBoard board,
        TrueUpHome home,
        ILogger<Configuration> logger
    )
    {
        var (state, problems) = ConfigurationState.Of(text, ConfigSnapshot.Empty, parser);
        _state = state ?? throw new InvalidSettingsException(text.Path, problems);
        (_parser, _board, _store, _logger) = (parser, board, home.Config, logger);
        Started = _state.Effective.Start;
    }

    /// <summary>The configuration as it is now.</summary>
    public ConfigurationState State => _state;

    /// <summary>What the server was started with.</summary>
    public StartSettings Started { get; }

    /// <summary>What is wrong with the file as it is now, and which overrides are not in force.</summary>
    public IReadOnlyList<Finding> Findings => [.. _problems, .. _state.Ignored];

    /// <summary>Takes in a version of the file: puts it in force, or keeps the last good one and says why.</summary>
    /// <exception cref="Sides.SideException">The control database cannot be used; nothing has changed.</exception>
    public async Task TakeFileAsync(SettingsText text, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var stored = await _store.GetAllAsync(cancellationToken);
            var (next, problems) = ConfigurationState.Of(text, stored, _parser);
            if (next is null)
            {
                Refuse(text, problems);
                return;
            }
            await RecordFileAsync(next, stored, cancellationToken);
            (_problems, _brokenHash) = (problems, null);
            Set(await WithStoredAsync(text, cancellationToken) ?? next);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Says that the file cannot even be read.</summary>
    public void Report(Finding problem)
    {
        if (!_problems.Contains(problem))
        {
            _problems = [problem];
            LogUnreadable(problem.Message);
        }
    }

    /// <summary>Sees whether anybody, on any server, changed an override.</summary>
    /// <exception cref="Sides.SideException">The control database cannot be used.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (await _store.VersionAsync(cancellationToken) == _state.Stored.Version)
        {
            return;
        }
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await ReloadAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Overrides a value, or takes the override away.</summary>
    /// <param name="key">The key.</param>
    /// <param name="json">The value as JSON, or null for what the file or the default says.</param>
    /// <param name="order">Who wants it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="Sides.SideException">The control database cannot be used.</exception>
    public Task<ChangeOutcome> ChangeAsync(
        string key,
        string? json,
        ChangeOrder order,
        CancellationToken cancellationToken
    ) => ChangeAsync(key, json, order, ConfigSource.Api, cancellationToken);

    /// <summary>Gives a key the value that was in force before a change.</summary>
    /// <exception cref="Sides.SideException">The control database cannot be used.</exception>
    public async Task<ChangeOutcome> RevertAsync(long id, ChangeOrder order, CancellationToken cancellationToken)
    {
        var entry = await _store.FindAsync(id, cancellationToken);
        if (entry is null || SettingsReference.Find(entry.Key) is null)
        {
            return ChangeOutcome.Of(ChangeResult.NotFound);
        }
        // Where the file or the default says the same, an override would only be in the way later.
        var value =
            entry.OldValue == _state.Value(entry.Key).Base ? null : entry.OldValue ?? $"\"{SettingsReference.Off}\"";
        return await ChangeAsync(
            entry.Key,
            value,
            order with
            {
                Note = order.Note ?? $"reverts change {id}",
            },
            ConfigSource.Revert,
            cancellationToken
        );
    }

    /// <summary>What would be wrong with the settings if they were changed so.</summary>
    /// <param name="text">Another text of the file, or null for the one in force.</param>
    /// <param name="changes">JSON by key.</param>
    public (ConfigurationState? State, IReadOnlyList<Finding> Findings) Try(
        SettingsText? text,
        IReadOnlyDictionary<string, string> changes
    )
    {
        text ??= _state.Text;
        var reading = _parser.Read(text, changes);
        if (reading.Document is null)
        {
            return (null, reading.Findings);
        }
        var entries = new Dictionary<string, ConfigEntry>(_state.Stored.Entries, StringComparer.Ordinal);
        foreach (var (key, value) in changes)
        {
            entries[key] = new ConfigEntry(key, value, default, "");
        }
        return ConfigurationState.Of(text, _state.Stored with { Entries = entries }, _parser);
    }

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();

    private async Task<ChangeOutcome> ChangeAsync(
        string key,
        string? json,
        ChangeOrder order,
        ConfigSource source,
        CancellationToken cancellationToken
    )
    {
        switch (SettingsReference.Find(key))
        {
            case null:
                return ChangeOutcome.Of(ChangeResult.NotFound);
            case { IsStartOnly: true }:
                return ChangeOutcome.Of(ChangeResult.StartOnly, _state.Value(key));
        }
        if (json is not null && Problems(key, json) is { Count: > 0 } findings)
        {
            return new ChangeOutcome(ChangeResult.Invalid, _state.Value(key), findings);
        }
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await ReloadAsync(cancellationToken);
            var (before, was) = (_state.Value(key), _state.Stored.Value(key));
            if (order.Expected is { } expected && !Same(expected, before.Value))
            {
                return ChangeOutcome.Of(ChangeResult.Conflict, before);
            }
            if (was == json)
            {
                return ChangeOutcome.Of(ChangeResult.Unchanged, before);
            }
            var (next, _) = Try(null, json is null ? [] : new Dictionary<string, string> { [key] = json });
            var after = json is null ? before.Base : next!.Value(key).Value;
            var change = new ConfigChange(key, was, json, order.By)
            {
                Trail = [new ConfigTrail(key, before.Value, after, source, order.Note)],
            };
            var done = await _store.ChangeAsync(change, cancellationToken);
            await ReloadAsync(cancellationToken);
            if (done)
            {
                LogChanged(key, before.Value, after, order.By);
            }
            return ChangeOutcome.Of(done ? ChangeResult.Done : ChangeResult.Conflict, _state.Value(key));
        }
        finally
        {
            _gate.Release();
        }
    }

    private IReadOnlyList<Finding> Problems(string key, string json)
    {
        var reading = _parser.Read(_state.Text, new Dictionary<string, string> { [key] = json });
        return [.. reading.Findings.Where(finding => finding.IsError)];
    }

    private async Task ReloadAsync(CancellationToken cancellationToken)
    {
        if (await WithStoredAsync(_state.Text, cancellationToken) is { } next)
        {
            Set(next);
        }
    }

    private async Task<ConfigurationState?> WithStoredAsync(SettingsText text, CancellationToken cancellationToken) =>
        ConfigurationState.Of(text, await _store.GetAllAsync(cancellationToken), _parser).State;

    /// <summary>
    /// Writes down which values in force a new version of the file changes. Of the servers that see it, one does.
    /// </summary>
    private async Task RecordFileAsync(
        ConfigurationState next,
        ConfigSnapshot stored,
        CancellationToken cancellationToken
    )
    {
        var seen = stored.Value(FileKey) is { } json ? FileNote.Read(json) : FileNote.None;
        var now = FileNote.Of(next);
        if (seen.Hash == now.Hash)
        {
            return;
        }
        var change = new ConfigChange(FileKey, stored.Value(FileKey), now.Write(), FileActor)
        {
            Trail =
            [
                .. seen
                    .Values.Keys.Union(now.Values.Keys)
                    .Where(key => next.Value(key).Origin != ValueOrigin.Override)
                    .Select(key => (Key: key, Old: Before(seen, key), New: SettingValues.Of(next.File.Document!, key)))
                    .Where(line => line.Old != line.New)
                    .OrderBy(line => line.Key, StringComparer.Ordinal)
                    .Select(line => new ConfigTrail(line.Key, line.Old, line.New, ConfigSource.File, null)),
            ],
        };
        await _store.ChangeAsync(change, cancellationToken);
    }

    private static string? Before(FileNote note, string key) =>
        note.Values.GetValueOrDefault(key) ?? SettingValues.Of(SettingsDocument.Default, key);

    private void Set(ConfigurationState next)
    {
        var changed = SettingValues
            .KeysOf(next.Effective)
            .Union(SettingValues.KeysOf(_state.Effective))
            .Any(key => SettingValues.Of(next.Effective, key) != SettingValues.Of(_state.Effective, key));
        foreach (var finding in next.Ignored.Where(finding => !_state.Ignored.Contains(finding)))
        {
            LogIgnored(finding.Path!, finding.Message);
        }
        _state = next;
        if (changed)
        {
            _board.Set(next.Effective.Settings);
        }
    }

    private void Refuse(SettingsText text, IReadOnlyList<Finding> problems)
    {
        _problems = problems;
        if (_brokenHash != text.Hash)
        {
            _brokenHash = text.Hash;
            foreach (var finding in problems)
            {
                LogBroken(finding.Line, finding.Message, finding.Suggestion);
            }
        }
    }

    private static bool Same(string left, string? right) =>
        right is null ? JsonNode.Parse(left) is null : JsonNode.DeepEquals(JsonNode.Parse(left), JsonNode.Parse(right));
}
