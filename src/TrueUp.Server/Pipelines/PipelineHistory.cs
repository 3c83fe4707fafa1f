using TrueUp.Server.Settings;
using TrueUp.Store;
using TrueUp.Store.Settings;

namespace TrueUp.Server.Pipelines;

/// <summary>
/// The history of pipeline files, beside that of settings: key <c>pipelines.NAME</c>. What the control database holds
/// under a key is the version that was told last, so that of several servers that see a change one tells it.
/// </summary>
internal sealed class PipelineHistory(TrueUpHome home)
{
    private const string Prefix = "pipelines.";

    /// <summary>The key of a pipeline.</summary>
    public static string KeyOf(string name) => Prefix + name;

    /// <summary>The pipelines that were in force when something was last told.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken) =>
        [
            .. (await home.Config.GetAllAsync(cancellationToken))
                .Entries.Keys.Where(key => key.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(key => key[Prefix.Length..]),
        ];

    /// <summary>Tells that a version was found in force that nobody asked this server for.</summary>
    public async Task SeenAsync(string name, GoodVersion? version, CancellationToken cancellationToken) =>
        await TellAsync(name, version, new ChangeOrder(Configuration.FileActor), ConfigSource.File, cancellationToken);

    /// <summary>Tells of a change.</summary>
    /// <returns>False when another server told something else in between.</returns>
    public async Task<bool> TellAsync(
        string name,
        GoodVersion? version,
        ChangeOrder order,
        ConfigSource source,
        CancellationToken cancellationToken
    )
    {
        var stored = (await home.Config.GetAllAsync(cancellationToken)).Value(KeyOf(name));
        if (PipelineNote.Read(stored)?.Hash == version?.Hash)
        {
            return true;
        }
        var now = version is null ? null : PipelineNote.Of(version).Write();
        return await home.Config.ChangeAsync(
            new ConfigChange(KeyOf(name), stored, now, order.By)
            {
                Trail = [new ConfigTrail(KeyOf(name), stored, now, source, order.Note)],
            },
            cancellationToken
        );
    }
}
