using System.Data.Common;
using TrueUp.Audit;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Runs;
using TrueUp.Store.Database;
using TrueUp.Store.Records;

namespace TrueUp.Store.Audit;

/// <summary>
/// One run's trail: rows through the database's writer, records through a <see cref="RecordLog"/>. A failure of either
/// is told at the next call and at the latest by <see cref="CompleteAsync"/>: a run whose trail has a hole does not end
/// well.
/// </summary>
internal sealed class RunAudit : IRunAudit
{
    private readonly StoreContext _context;
    private readonly ControlDatabase _database;
    private readonly RunStart _start;
    private readonly RecordLog _records;
    private readonly RecordMirror _mirror = new();
    private readonly RunTally _tally = new();
    private volatile Exception? _failure;

    public RunAudit(StoreContext context, string runId, RunStart start)
    {
        _context = context;
        _database = context.Database;
        _start = start;
        RunId = runId;
        _records = new RecordLog(context.RecordsOf(runId), context.Clock);
    }

    /// <inheritdoc />
    public string RunId { get; }

    private string Pipeline => _start.Pipeline.Name;

    private object Now => _database.Time(_context.Clock.GetUtcNow());

    /// <inheritdoc />
    public void Records(string unit, RecordOperation operation, RowBatch rows, bool bulk)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var level = _start.Pipeline.Audit;
        if (rows.Count == 0 || (level == AuditLevel.Failures && operation != RecordOperation.Skip))
        {
            return;
        }
        ThrowIfFailed();
        if (bulk && level != AuditLevel.All)
        {
            _records.AddBulk(unit, operation, rows);
            return;
        }
        _records.Add(unit, operation, rows);
        if (!bulk && _mirror.Take(rows.Count, succeeded: true) is > 0 and var taken)
        {
            var keys = new string[taken];
            for (var row = 0; row < taken; row++)
            {
                keys[row] = KeyText.Of(rows.Schema, rows.Row(row));
            }
            Mirror(unit, operation, keys, error: null);
        }
    }

    /// <inheritdoc />
    public void Record(string unit, RecordOperation operation, string key, string? error)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_start.Pipeline.Audit == AuditLevel.Failures && operation != RecordOperation.Skip && error is null)
        {
            return;
        }
        ThrowIfFailed();
        var reason = _database.Text(Redaction.CleanOrNull(error));
        _records.Add(unit, operation, key, reason);
        if (_mirror.Take(1, succeeded: error is null) > 0)
        {
            Mirror(unit, operation, [key], reason);
        }
    }

    /// <inheritdoc />
    public ValueTask ErrorAsync(AuditError error, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(error);
        _tally.Error(error.Unit, error.Type);
        return PostAsync(
            AuditSql.Error(_database),
            new
            {
                runId = RunId,
                pipeline = Pipeline,
                unit = error.Unit,
                type = error.Type.ToString().ToUpperInvariant(),
                severity = error.Severity.ToString().ToUpperInvariant(),
                message = _database.Text(Redaction.Clean(error.Message)),
                context = StoreJson.Write(
                    new
                    {
                        trigger_source = _start.Trigger,
                        mode = _start.Pipeline.Mode,
                        verify_only = _start.VerifyOnly,
                        retries = _tally.Retries(error.Unit),
                    }
                ),
                suggestion = _database.Text(Redaction.Clean(error.Suggestion)),
                key = _database.Key(error.Key),
                stackTrace = _database.Text(Redaction.StackTrace(error.StackTrace)),
                now = Now,
            },
            cancellationToken
        );
    }

    /// <inheritdoc />
    public ValueTask GapsAsync(string unit, DifferenceList differences, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(differences);
        var rows = GapRows.Of(RunId, unit, differences, _database, Now);
        return rows.Count == 0
            ? ValueTask.CompletedTask
            : PostAsync(transaction => AuditSql.Gaps.Execute(transaction, _database, rows), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask DeadLetterAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return PostAsync(
            AuditSql.DeadLetter,
            new
            {
                runId = RunId,
                pipeline = Pipeline,
                unit = letter.Unit,
                key = _database.Key(letter.Key),
                issue = letter.Issue,
                reason = _database.Text(Redaction.Clean(letter.Reason)),
                column = letter.Column,
                line = letter.Line,
                ordinal = letter.Ordinal,
                raw = _database.Text(letter.Raw),
                now = Now,
            },
            cancellationToken
        );
    }

    /// <inheritdoc />
    public ValueTask RecoveryAsync(AuditRecovery recovery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recovery);
        _tally.Recovery(recovery);
        return PostAsync(
            AuditSql.Recovery,
            new
            {
                runId = RunId,
                unit = recovery.Unit,
                action = recovery.Action,
                attempt = recovery.Attempt,
                reason = _database.Text(Redaction.Clean(recovery.Reason)),
                succeeded = recovery.Succeeded,
                now = Now,
            },
            cancellationToken
        );
    }

    /// <inheritdoc />
    public ValueTask UnitAsync(UnitOutcome outcome, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        if (outcome.Status == RunStatus.Completed)
        {
            _tally.Completed(outcome.Unit);
        }
        return PostAsync(
            AuditSql.Unit(_database),
            OutcomeRows.Unit(RunId, Pipeline, outcome, _tally, _database, Now),
            cancellationToken
        );
    }

    /// <inheritdoc />
    public async ValueTask CompleteAsync(RunOutcome outcome, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        await _records.CompleteAsync();
        ThrowIfFailed();
        var row = OutcomeRows.Run(RunId, Pipeline, outcome, _tally, _database, Now);
        // Known only now: a rehearsal, a verification and an undo have synchronised nothing.
        var wrote = !outcome.DryRun && !outcome.VerifyOnly && outcome.UndoneRun is null;
        var settled = wrote && !_start.VerifyOnly ? _tally.CompletedUnits() : [];
        // A run that left units out says nothing of the pipeline as a whole.
        var counts = wrote && outcome.OnlyUnits.Count == 0;
        var mirrored = _mirror.Drain();
        await _context.Writer.RunAsync(
            transaction => Complete(transaction, row, mirrored, settled, counts),
            durable: true,
            cancellationToken
        );
        // What was posted before has been done now, or has failed.
        ThrowIfFailed();
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _records.DisposeAsync();

    private void Complete(
        DbTransaction transaction,
        object row,
        MirrorRow[] mirrored,
        IReadOnlyList<string> settled,
        bool counts
    )
    {
        AuditSql.Records.Execute(transaction, _database, mirrored.Select(row => row.Values));
        transaction.Execute(AuditSql.Complete(_database), row);
        if (counts)
        {
            transaction.Execute(AuditSql.Status, row);
        }
        transaction.Execute(
            AuditSql.Settle,
            settled.Select(unit => new
            {
                runId = RunId,
                pipeline = Pipeline,
                unit,
                now = Now,
            })
        );
    }

    private void Mirror(string unit, RecordOperation operation, string[] keys, string? error)
    {
        var now = Now;
        var result = error is null ? "success" : "failure";
        var rows = keys.Select(key => new MirrorRow(
            RunId,
            unit,
            _database.Key(key)!,
            operation.ToString().ToLowerInvariant(),
            result,
            error,
            now
        ));
        if (_mirror.Add(rows) is { } batch && !_context.Writer.TryPost(Work(batch), Failed))
        {
            // The queue is full: the caller is not made to wait, the rows go with a later batch.
            _mirror.PutBack(batch);
        }
    }

    private ValueTask PostAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        PostAsync(transaction => transaction.Execute(sql, parameters), cancellationToken);

    private ValueTask PostAsync(Action<DbTransaction> work, CancellationToken cancellationToken)
    {
        ThrowIfFailed();
        return _context.Writer.PostAsync(work, Failed, cancellationToken);
    }

    private Action<DbTransaction> Work(MirrorRow[] batch) =>
        transaction => AuditSql.Records.Execute(transaction, _database, batch.Select(row => row.Values));

    private void Failed(Exception error) => _failure ??= error;

    private void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            throw failure;
        }
        if (_records.Failure is { } broken)
        {
            throw StoreErrors.Unavailable(
                _context.RecordsOf(RunId),
                broken.Message,
                "See that there is room on the disk and the folder can be written to.",
                transient: false,
                broken
            );
        }
    }
}
