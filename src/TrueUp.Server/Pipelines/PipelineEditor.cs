using System.Text;
using TrueUp.Pipelines;
using TrueUp.Pipelines.Reading;
using TrueUp.Pipelines.Validation;
using TrueUp.Server.Settings;
using TrueUp.Server.Settings.Watching;
using TrueUp.Store;
using TrueUp.Store.Settings;

namespace TrueUp.Server.Pipelines;

/// <summary>
/// Changes pipeline files for somebody. A change is checked completely, then told to the history, and then put in place
/// by renaming: of two servers that change the same file one is refused, and no reader ever sees half a file.
/// </summary>
internal sealed class PipelineEditor(PipelineFolder folder, PipelineHistory history, TrueUpHome home)
{
    /// <summary>Writes a new file.</summary>
    public Task<EditOutcome> CreateAsync(string text, ChangeOrder order, CancellationToken cancellationToken)
    {
        var reading = folder.Try(text, Path.Combine(folder.Folder, "new.yaml"));
        return reading.Pipeline is { } pipeline
            ? WriteAsync(pipeline.Name, text, order, ConfigSource.Api, mayBe: Presence.Absent, cancellationToken)
            : Task.FromResult(new EditOutcome(ChangeResult.Invalid, null, reading.Findings));
    }

    /// <summary>Replaces a file; <see cref="ChangeOrder.Expected"/> is the version that is replaced.</summary>
    public Task<EditOutcome> ReplaceAsync(
        string name,
        string text,
        ChangeOrder order,
        CancellationToken cancellationToken
    ) => WriteAsync(name, text, order, ConfigSource.Api, mayBe: Presence.Present, cancellationToken);

    /// <summary>Deletes a file.</summary>
    public Task<EditOutcome> DeleteAsync(string name, ChangeOrder order, CancellationToken cancellationToken) =>
        DeleteAsync(name, order, ConfigSource.Api, cancellationToken);

    /// <summary>Puts back what was in force before a change, which may be nothing.</summary>
    public async Task<EditOutcome> RevertAsync(
        string name,
        long id,
        ChangeOrder order,
        CancellationToken cancellationToken
    )
    {
        var entry = await home.Config.FindAsync(id, cancellationToken);
        if (entry is null || entry.Key != PipelineHistory.KeyOf(name))
        {
            return EditOutcome.Of(ChangeResult.NotFound);
        }
        order = order with { Note = order.Note ?? $"reverts change {id}" };
        return PipelineNote.Read(entry.OldValue) switch
        {
            null => await DeleteAsync(name, order, ConfigSource.Revert, cancellationToken),
            { Text: { } text } => await WriteAsync(
                name,
                text,
                order,
                ConfigSource.Revert,
                mayBe: Presence.Either,
                cancellationToken
            ),
            _ => EditOutcome.Invalid(
                "text",
                "text_withheld",
                "That version had a secret written out in it, so its text was not kept.",
                "Put the file back from a backup, with ${NAME} in the secret's place."
            ),
        };
    }

    private Task<EditOutcome> WriteAsync(
        string name,
        string text,
        ChangeOrder order,
        ConfigSource source,
        Presence mayBe,
        CancellationToken cancellationToken
    ) =>
        folder.ChangeAsync(
            async files =>
            {
                var known = files.Of(name);
                if (Refusal(known, mayBe, order) is { } refusal)
                {
                    return refusal;
                }
                var path = known.Count == 1 ? known[0].Path : Path.Combine(files.Folder, $"{name}.yaml");
                if (known.Count == 0 && Path.Exists(path))
                {
                    // A file of that name is there, and is another pipeline's.
                    return EditOutcome.Of(ChangeResult.Conflict);
                }
                if (Check(name, text, path) is { } outcome)
                {
                    return outcome;
                }
                var version = new GoodVersion(folder.Try(text, path).Pipeline!, text);
                return await PutAsync(files, name, path, version, order, source, cancellationToken);
            },
            cancellationToken
        );

    private async Task<EditOutcome> PutAsync(
        PipelineFiles files,
        string name,
        string path,
        GoodVersion version,
        ChangeOrder order,
        ConfigSource source,
        CancellationToken cancellationToken
    )
    {
        var before = files.InForce.GetValueOrDefault(name);
        if (version.Hash == before?.Hash && File.Exists(path) && HashOf(path) == version.Hash)
        {
            return EditOutcome.Of(ChangeResult.Unchanged, version.Hash);
        }
        var draft = Path.Combine(files.Folder, $".{Path.GetRandomFileName()}.tmp");
        try
        {
            await DraftAsync(draft, path, version.Text, cancellationToken);
            if (!await history.TellAsync(name, version, order, source, cancellationToken))
            {
                return EditOutcome.Of(ChangeResult.Conflict);
            }
            File.Move(draft, path, overwrite: true);
            return EditOutcome.Of(ChangeResult.Done, version.Hash);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await history.SeenAsync(name, before, cancellationToken);
            return CannotWrite();
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private Task<EditOutcome> DeleteAsync(
        string name,
        ChangeOrder order,
        ConfigSource source,
        CancellationToken cancellationToken
    ) =>
        folder.ChangeAsync(
            async files =>
            {
                var known = files.Of(name);
                if (Refusal(known, Presence.Present, order) is { } refusal)
                {
                    return refusal;
                }
                if (!await history.TellAsync(name, null, order, source, cancellationToken))
                {
                    return EditOutcome.Of(ChangeResult.Conflict);
                }
                try
                {
                    File.Delete(known[0].Path);
                    return EditOutcome.Of(ChangeResult.Done);
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    await history.SeenAsync(name, files.InForce.GetValueOrDefault(name), cancellationToken);
                    return CannotWrite();
                }
            },
            cancellationToken
        );

    private static EditOutcome? Refusal(IReadOnlyList<KnownFile> known, Presence mayBe, ChangeOrder order)
    {
        if (known.Count == 0)
        {
            return mayBe == Presence.Present ? EditOutcome.Of(ChangeResult.NotFound) : null;
        }
        if (mayBe == Presence.Absent || known.Count > 1)
        {
            return EditOutcome.Of(ChangeResult.Conflict, known[0].Hash);
        }
        if (new FileInfo(known[0].Path).LinkTarget is not null)
        {
            return EditOutcome.Invalid(
                "text",
                "file_is_link",
                $"{Path.GetFileName(known[0].Path)} is a link, which is not replaced.",
                "Change what it leads to."
            );
        }
        // The file itself is asked, not what was last seen of it.
        var hash = HashOf(known[0].Path);
        return order.Expected is { } expected && expected != hash ? EditOutcome.Of(ChangeResult.Conflict, hash) : null;
    }

    private EditOutcome? Check(string name, string text, string path)
    {
        if (!NameValidator.IsPlain(name))
        {
            return EditOutcome.Invalid(
                "name",
                "bad_value",
                "This is no name of a pipeline.",
                "Use letters and digits."
            );
        }
        if (Encoding.UTF8.GetByteCount(text) > PipelineReader.FileBytesMax)
        {
            return EditOutcome.Invalid("text", "file_too_large", "The text is longer than 1 MB.", "Shorten it.");
        }
        var reading = folder.Try(text, path);
        if (reading.Pipeline is null)
        {
            return new EditOutcome(ChangeResult.Invalid, null, reading.Findings);
        }
        if (reading.Pipeline.Name != name)
        {
            return EditOutcome.Invalid(
                "name",
                "bad_value",
                $"The text is of a pipeline called {reading.Pipeline.Name}, not {name}.",
                "Create a new pipeline and delete the old one to rename it."
            );
        }
        return InlineSecrets.AreIn(text)
            ? EditOutcome.Invalid(
                "text",
                "inline_secret",
                "A secret is written out in the text, or hidden in it by `***`.",
                "Write ${NAME} in its place, and set that environment variable for the server."
            )
            : null;
    }

    private static async Task DraftAsync(string draft, string path, string text, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        await using (var stream = new FileStream(draft, options))
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
            stream.Flush(flushToDisk: true);
        }
        if (!OperatingSystem.IsWindows() && File.Exists(path))
        {
            File.SetUnixFileMode(draft, File.GetUnixFileMode(path));
        }
    }

    private static string? HashOf(string path) =>
        FileStamp.Of(path).Length == 0 ? PipelineFile.Hash([])
        : PipelineFile.Load(path, out var bytes) is null ? PipelineFile.Hash(bytes)
        : null;

    private static EditOutcome CannotWrite() =>
        EditOutcome.Invalid(
            "file",
            "file_not_writable",
            "The folder of pipelines cannot be written to.",
            "Check the folder's permissions and the room on its disk."
        );

    private enum Presence
    {
        Present,
        Absent,
        Either,
    }
}
