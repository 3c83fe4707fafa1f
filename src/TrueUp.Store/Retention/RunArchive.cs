using TrueUp.Sides;
using TrueUp.Store.Audit;
using TrueUp.Store.Database;

namespace TrueUp.Store.Retention;

/// <summary>
/// Moves old runs from the database into files <c>archive/{first}-{last}.jsonl.gz</c>, and their record segments to
/// <c>archive/records/</c>. A run in progress stays, and so does the newest proven run of each pipeline, however old.
/// Should a process die between writing and deleting, the next one archives the same runs again: whoever reads the
/// archive finds a row twice then, never none.
/// </summary>
internal sealed class RunArchive(StoreContext context)
{
    /// <summary>Runs in a file.</summary>
    private const int BatchMax = 50;

    private const int FoldersMax = 10_000;

    /// <summary>What belongs to a run: tables, and the column that names the run.</summary>
    private static readonly (string Table, string Column)[] Tables =
    [
        ("sync_audit_logs", "id"),
        ("sync_unit_results", "sync_execution_id"),
        ("sync_error_log", "audit_log_id"),
        ("recoveries", "audit_log_id"),
        ("gaps", "audit_log_id"),
        ("sync_record_logs", "audit_log_id"),
    ];

    private string Folder => Path.Combine(context.Folder, "archive");

    /// <summary>Keeps other processes away until it is disposed; null when one is at it.</summary>
    public IDisposable? TryLock()
    {
        try
        {
            PrivateFolder.Create(Folder);
            return new FileStream(
                Path.Combine(Folder, ".lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Archives runs that ended before a moment.</summary>
    /// <returns>How many.</returns>
    public ValueTask<int> RunsAsync(DateTimeOffset before, int runsMax, CancellationToken cancellationToken) =>
        ArchiveAsync(OldRuns, Tables, before, runsMax, "", cancellationToken);

    /// <summary>Archives jobs of the queue that ended before a moment.</summary>
    /// <returns>How many.</returns>
    public ValueTask<int> JobsAsync(DateTimeOffset before, int jobsMax, CancellationToken cancellationToken) =>
        ArchiveAsync(
            OldJobs,
            [("sync_jobs", "id"), ("sync_job_triggers", "job_id")],
            before,
            jobsMax,
            "jobs-",
            cancellationToken
        );

    /// <summary>Lets the record segments of runs that are gone follow them.</summary>
    /// <returns>How many folders were moved.</returns>
    public ValueTask<int> SegmentsAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        FoldersAsync(
            "records",
            before,
            id =>
            {
                PrivateFolder.Create(Path.Combine(Folder, "records"));
                Directory.Move(context.RecordsOf(id), Path.Combine(Folder, "records", id));
            },
            cancellationToken
        );

    /// <summary>
    /// Erases the rows that runs replaced which are gone: nothing can be undone any more without its run.
    /// </summary>
    /// <returns>How many folders were deleted.</returns>
    public ValueTask<int> ImagesAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        FoldersAsync("undo", before, id => Directory.Delete(context.ImagesOf(id), recursive: true), cancellationToken);

    private async ValueTask<int> FoldersAsync(
        string name,
        DateTimeOffset before,
        Action<string> remove,
        CancellationToken cancellationToken
    )
    {
        var removed = 0;
        var old = Directory
            .EnumerateDirectories(Path.Combine(context.Folder, name))
            .Select(folder => Path.GetFileName(folder))
            .Where(id => RunIds.IsValid(id) && RunIds.TimeOf(id) < before)
            .Take(FoldersMax)
            .ToArray();
        foreach (var ids in old.Chunk(500))
        {
            var known = await context.Database.QueryAsync(
                $"SELECT id FROM sync_audit_logs WHERE id {context.Database.OneOf("@ids")}",
                new { ids },
                row => row.Text("id"),
                cancellationToken
            );
            foreach (var id in ids.Except(known))
            {
                Try(() => remove(id));
                removed++;
            }
        }
        return removed;
    }

    private async ValueTask<int> ArchiveAsync(
        string select,
        IReadOnlyList<(string Table, string Column)> tables,
        DateTimeOffset before,
        int max,
        string prefix,
        CancellationToken cancellationToken
    )
    {
        var archived = 0;
        while (archived < max)
        {
            var limit = Math.Min(BatchMax, max - archived);
            var ids = await context.Database.QueryAsync(
                select,
                new { before = context.Database.Time(before), limit },
                row => row.Text("id"),
                cancellationToken
            );
            if (ids.Count == 0)
            {
                break;
            }
            var path = Path.Combine(Folder, $"{prefix}{ids.Min()}-{ids.Max()}{ArchiveFile.Extension}");
            await WriteAsync(path, tables, [.. ids], cancellationToken);
            foreach (var id in ids)
            {
                // One by one, so that what others write does not wait for all; what hangs on a run goes with it.
                await context.Writer.RunAsync(
                    transaction => transaction.Execute($"DELETE FROM {tables[0].Table} WHERE id = @id", new { id }),
                    durable: id == ids[^1],
                    cancellationToken
                );
            }
            archived += ids.Count;
        }
        return archived;
    }

    private async ValueTask WriteAsync(
        string path,
        IReadOnlyList<(string Table, string Column)> tables,
        string[] ids,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var file = new ArchiveFile(path);
            foreach (var (table, column) in tables)
            {
                await context.Database.ReadAsync(
                    $"SELECT * FROM {table} WHERE {column} {context.Database.OneOf("@ids")} ORDER BY id",
                    new { ids },
                    row => file.Add(table, row),
                    cancellationToken
                );
            }
            file.Complete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw Unwritable(error);
        }
    }

    private void Try(Action change)
    {
        try
        {
            change();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(error);
        }
    }

    private SideException Unwritable(Exception error) =>
        StoreErrors.Unavailable(
            Folder,
            $"the archive cannot be written: {error.Message}",
            "See that there is room on the disk and the folder can be written to; nothing was deleted without it.",
            transient: false,
            error
        );

    private const string OldRuns = """
        SELECT l.id FROM sync_audit_logs l
        WHERE l.start_time < @before AND l.end_time < @before AND l.status <> 'in_progress'
            AND l.id IS DISTINCT FROM (
                SELECT p.id FROM sync_audit_logs p
                WHERE p.pipeline = l.pipeline AND p.status = 'completed' AND p.verdict IN ('verified', 'repaired')
                    AND p.error_code IS NULL AND NOT p.dry_run
                ORDER BY p.start_time DESC, p.id DESC LIMIT 1)
        ORDER BY l.start_time, l.id LIMIT @limit
        """;

    private const string OldJobs = """
        SELECT id FROM sync_jobs
        WHERE state IN ('completed', 'failed', 'cancelled') AND finished_at < @before
        ORDER BY id LIMIT @limit
        """;
}
