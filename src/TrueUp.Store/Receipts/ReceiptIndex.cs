using TrueUp.Store.Audit;
using TrueUp.Store.Database;
using TrueUp.Store.Queries;

namespace TrueUp.Store.Receipts;

/// <summary>
/// Which run left which receipt where: <c>receipts/{pipeline}/{run_id}.json</c> below the home folder.
/// </summary>
public sealed class ReceiptIndex
{
    /// <summary>Who appends to a chain or changes keys is alone, also where several processes write at once.</summary>
    internal const string Lock = "receipts";

    private const string Head = "SELECT * FROM receipts WHERE pipeline = @pipeline ORDER BY sequence DESC LIMIT 1";

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
            throw new ArgumentException(
                "The name of a pipeline has letters, digits, '_', '-' and '.' only.",
                nameof(pipeline)
            );
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

    /// <summary>
    /// Takes the chain's head and appends to it in one transaction, so that however many processes end a run at the
    /// same moment, each receipt has one successor. Durable when it returns.
    /// </summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="runId">The run.</param>
    /// <param name="make">
    /// Given the head (null for an empty chain), makes what follows it and returns its hash; called again when the
    /// transaction has to be.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting for the database.</param>
    internal async ValueTask AppendAsync(
        string pipeline,
        string runId,
        Func<ReceiptEntry?, string> make,
        CancellationToken cancellationToken
    )
    {
        var path = RelativePath(pipeline, runId);
        var now = _context.Database.Time(_context.Clock.GetUtcNow());
        await _context.Writer.RunAsync(
            transaction =>
            {
                _context.Database.Lock(transaction, Lock);
                var head = transaction.First(_context.Database, Head, new { pipeline }, Read);
                var sequence = (head?.Sequence ?? 0) + 1;
                var hash = make(head);
                transaction.Execute(
                    """
                    INSERT INTO receipts (run_id, pipeline, sequence, path, hash, created_at)
                    VALUES (@runId, @pipeline, @sequence, @path, @hash, @now)
                    """,
                    new
                    {
                        runId,
                        pipeline,
                        sequence,
                        path,
                        hash,
                        now,
                    }
                );
            },
            durable: true,
            cancellationToken
        );
    }

    /// <summary>Notes that a witness was told of a receipt, or why none could be.</summary>
    internal async ValueTask WitnessedAsync(string runId, string? problem, CancellationToken cancellationToken)
    {
        var row = new
        {
            runId,
            problem,
            at = problem is null ? _context.Database.Time(_context.Clock.GetUtcNow()) : null,
        };
        await _context.Writer.RunAsync(
            transaction =>
                transaction.Execute(
                    "UPDATE receipts SET witnessed_at = @at, witness_problem = @problem WHERE run_id = @runId",
                    row
                ),
            durable: false,
            cancellationToken
        );
    }

    /// <summary>Receipts, newest run first.</summary>
    /// <param name="pipeline">Only of this one; null for all.</param>
    /// <param name="limit">How many at most, from 1.</param>
    /// <param name="after">A page's <see cref="Page{T}.Next"/>, or null.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<Page<ReceiptEntry>> ListAsync(
        string? pipeline,
        int limit,
        string? after,
        CancellationToken cancellationToken
    ) => ListAmongAsync(pipeline is null ? null : [pipeline], limit, after, cancellationToken);

    /// <summary>Receipts of these pipelines, newest run first; null for all.</summary>
    public async ValueTask<Page<ReceiptEntry>> ListAmongAsync(
        IReadOnlyCollection<string>? pipelines,
        int limit,
        string? after,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var conditions = new Conditions(_context.Database).In("pipeline", pipelines).Add("run_id < {0}", after);
        conditions.Parameters.Add("@limit", limit + 1);
        var found = await _context.Database.QueryAsync(
            $"SELECT * FROM receipts {conditions.Where} ORDER BY run_id DESC LIMIT @limit",
            conditions.Parameters,
            Read,
            cancellationToken
        );
        return found.Count > limit
            ? new Page<ReceiptEntry>(found[..limit], found[limit - 1].RunId)
            : new Page<ReceiptEntry>(found, null);
    }

    /// <summary>The receipt of a run, or null.</summary>
    public ValueTask<ReceiptEntry?> OfRunAsync(string runId, CancellationToken cancellationToken) =>
        FirstAsync("SELECT * FROM receipts WHERE run_id = @runId", new { runId }, cancellationToken);

    /// <summary>The head of a pipeline's chain, or null.</summary>
    public ValueTask<ReceiptEntry?> LatestAsync(string pipeline, CancellationToken cancellationToken) =>
        FirstAsync(Head, new { pipeline }, cancellationToken);

    private async ValueTask<ReceiptEntry?> FirstAsync(
        string sql,
        object parameters,
        CancellationToken cancellationToken
    )
    {
        var found = await _context.Database.QueryAsync(sql, parameters, Read, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    private static ReceiptEntry Read(RowReader row) =>
        new(
            row.Text("run_id"),
            row.Text("pipeline"),
            row.Number("sequence"),
            row.Text("path"),
            row.Text("hash"),
            row.Time("created_at")
        )
        {
            WitnessedAt = row.TimeOrNull("witnessed_at"),
            WitnessProblem = row.TextOrNull("witness_problem"),
        };
}
