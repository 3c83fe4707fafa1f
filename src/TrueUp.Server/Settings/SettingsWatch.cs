using TrueUp.Server.Settings.Reading;
using TrueUp.Server.Settings.Watching;

namespace TrueUp.Server.Settings;

/// <summary>Keeps the configuration up to date with <c>trueup.yaml</c> and with other servers.</summary>
internal sealed class SettingsWatch(Configuration configuration, string file, TimeProvider clock) : IReloadable
{
    private readonly FileWatch _watch = new(file, clock);
    private bool _isTaken;

    /// <inheritdoc />
    public string Folder => Path.GetDirectoryName(file)!;

    /// <inheritdoc />
    public string Pattern => Path.GetFileName(file);

    /// <inheritdoc />
    public async ValueTask<bool> LookAsync(bool thorough, CancellationToken cancellationToken)
    {
        var look = _watch.Look(atOnce: !_isTaken);
        if (look != FileLook.Moving && (look == FileLook.Changed || thorough || !_isTaken))
        {
            // Until the control database has answered once, the file is not taken.
            _isTaken = false;
            await TakeAsync(cancellationToken);
            _isTaken = true;
        }
        await configuration.RefreshAsync(cancellationToken);
        return look == FileLook.Moving;
    }

    private async Task TakeAsync(CancellationToken cancellationToken)
    {
        switch (SettingsText.Load(file))
        {
            case (null, { } problem):
                configuration.Report(problem);
                break;
            case ({ } text, _):
                await configuration.TakeFileAsync(text, cancellationToken);
                break;
        }
    }
}
