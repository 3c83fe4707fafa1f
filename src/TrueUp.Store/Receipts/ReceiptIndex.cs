using TrueUp.Store.Audit;
using TrueUp.Store.Database;

namespace TrueUp.Store.Receipts;

/// <summary>
/// Which run left which receipt where: <c>receipts/{pipeline}/{run_id}.json</c> below the home folder.
/// </summary>
public sealed class ReceiptIndex
{
    private readonly StoreContext _context;

    internal ReceiptIndex(StoreContext context) => _context = context;

    /// <summary>The path of a run's receipt relative to the home folder, with <c>/</c> between its parts.</summary>
    /// <exception cref="ArgumentException">One of the names could lead out of the folder.</exception>
    public static string RelativePath(string pipeline, string runId)
    {
        ArgumentException.ThrowIfNullOrEmpty(pipeline);
        ArgumentException.ThrowIfNullOrEmpty(runId);
        if (!pipeline.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') || pipeline.All(c => c == '.'))
        {
            throw new ArgumentException("The name of a pipeline has letters, digits, '_', '-' and '.' only.",
                nameof(pipeline));
        }
        return RunIds.IsValid(runId)
            ? $"receipts/{pipeline}/{runId}.json"
            : throw new ArgumentException("This is not the identifier of a run.", nameof(runId));
    }

    /// <summary>The absolute path of a run's receipt; its folder exists afterwards.</summary>
    public string Prepare(string pipeline, string runId)
    {
        var path = Path.Combine(_context.Folder, RelativePath(pipeline, runId));
        PrivateFolder.Create(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Notes a receipt that was written, durably.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="runId">The run.</param>
    /// <param name="hash">SHA-256 of the receipt in lower-case hex: what the next one is chained to.</param>
    /// <param name="cancellationToken">Ends the waiting for the database.</param>
    public async ValueTask AddAsync(string pipeline, string runId, string hash, CancellationToken cancellationToken)
    {
        var row = new
        {
            runId,
            pipeline,
            path = RelativePath(pipeline, runId),
            hash,
            now = _context.Database.Time(_context.Clock.GetUtcNow())
        };
        await _context.Writer.RunAsync(transaction => transaction.Execute(
            """
            INSERT INTO receipts (run_id, pipeline, path, hash, created_at)
            VALUES (@runId, @pipeline, @path, @hash, @now)
            ON CONFLICT (run_id) DO UPDATE
                SET path = excluded.path, hash = excluded.hash, created_at = excluded.created_at
            """, row), durable: true, cancellationToken);
    }

    /// <summary>The receipt of a run, or null.</summary>
    public ValueTask<ReceiptEntry?> OfRunAsync(string runId, CancellationToken cancellationToken) =>
        FirstAsync("run_id = @value", runId, cancellationToken);

    /// <summary>The newest receipt of a pipeline, or null.</summary>
    public ValueTask<ReceiptEntry?> LatestAsync(string pipeline, CancellationToken cancellationToken) =>
        FirstAsync("pipeline = @value", pipeline, cancellationToken);

    private async ValueTask<ReceiptEntry?> FirstAsync(string condition, string value,
        CancellationToken cancellationToken)
    {
        var found = await _context.Database.QueryAsync(
            $"SELECT * FROM receipts WHERE {condition} ORDER BY run_id DESC LIMIT 1",
            new { value }, Read, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    private static ReceiptEntry Read(RowReader row) =>
        new(row.Text("run_id"), row.Text("pipeline"), row.Text("path"), row.Text("hash"), row.Time("created_at"));
}
