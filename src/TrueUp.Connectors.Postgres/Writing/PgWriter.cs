using Npgsql;
using TrueUp.Connectors.Postgres.Sessions;
using TrueUp.Connectors.Postgres.Sql;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Writing;

/// <summary>Writes under one epoch, in one session that it keeps.</summary>
internal sealed class PgWriter : ITargetWriter
{
    private readonly Session _session;
    private readonly ChangeSql _sql;
    private readonly FitCheck _fit;
    private readonly LocalComparison? _comparison;
    private readonly string _pipeline;
    private readonly string _writing;
    private readonly LateKey? _lateKey;
    private bool _isStaged;

    /// <param name="session">A session with the user's search path, for the target's triggers; the writer's from here
    /// on.</param>
    /// <param name="rows">The target's rows.</param>
    /// <param name="scope">The condition of the rows the pipeline owns, or null.</param>
    /// <param name="pipeline">Whose epoch it is.</param>
    /// <param name="epoch">The epoch taken.</param>
    /// <param name="name">The target's name, for messages.</param>
    public PgWriter(Session session, RowSql rows, string? scope, string pipeline, long epoch, string name)
    {
        _session = session;
        _sql = new ChangeSql(rows, scope);
        _fit = new FitCheck(rows.Plan.Columns.Select((c, i) => c.Written ? rows.Columns[i] : null));
        _comparison = session.HashesAlike ? null : new LocalComparison(session, rows.Plan, _sql);
        _pipeline = pipeline;
        _writing = $"Writing to {name}";
        _lateKey = rows.Table.KeyIsLate ? new LateKey(session, rows.Table, name) : null;
        Epoch = epoch;
    }

    public long Epoch { get; }

    public ValueTask<IReadOnlyList<int>> ApplyAsync(ChangeBatch batch, CancellationToken cancellationToken) =>
        Guard.RunAsync(
            _writing,
            PgPhase.Writing,
            () => ApplyOnceAsync(batch, mayCopy: true, cancellationToken),
            cancellationToken
        );

    /// <summary>
    /// Builds the key of a table whose first load was broken off: what is there is compared from here on, and found by
    /// key.
    /// </summary>
    public async ValueTask ResumeLoadAsync(CancellationToken cancellationToken)
    {
        if (_lateKey is not null && await _lateKey.HasRowsAsync(cancellationToken))
        {
            await BuildKeyAsync(cancellationToken);
            await EndLoadAsync(cancellationToken);
        }
    }

    public ValueTask BuildKeyAsync(CancellationToken cancellationToken) =>
        _lateKey is null
            ? ValueTask.CompletedTask
            : Guard.RunAsync(
                _writing,
                PgPhase.Writing,
                () => _lateKey.BuildAsync(cancellationToken),
                cancellationToken
            );

    public ValueTask EndLoadAsync(CancellationToken cancellationToken) =>
        _lateKey is null
            ? ValueTask.CompletedTask
            : Guard.RunAsync(
                _writing,
                PgPhase.Writing,
                async () =>
                {
                    await using var transaction = await _session.Connection.BeginTransactionAsync(cancellationToken);
                    if (!await StateTable.CheckAsync(_session, _pipeline, Epoch, rows: 0, cancellationToken))
                    {
                        throw new FencedException(_pipeline, Epoch);
                    }

                    await _lateKey.AttachAsync(cancellationToken);
                    await transaction.CommitAsync(cancellationToken);
                },
                cancellationToken
            );

    public ValueTask SaveProofAsync(string proof, CancellationToken cancellationToken) =>
        Guard.RunAsync(
            _writing,
            PgPhase.Writing,
            async () =>
            {
                if (!await StateTable.SaveProofAsync(_session, _pipeline, Epoch, proof, cancellationToken))
                {
                    throw new FencedException(_pipeline, Epoch);
                }
            },
            cancellationToken
        );

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    // Rows to be created are copied straight into the table: that no key is taken is what the comparison found, and
    // where
    // one is after all the table's own key says so.
    private async ValueTask<IReadOnlyList<int>> ApplyOnceAsync(
        ChangeBatch batch,
        bool mayCopy,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (batch.Rows.Count == 0)
        {
            return [];
        }

        var copies = mayCopy && batch.Kind == ChangeKind.Create && _sql.CanCopy;

        if (batch.Kind != ChangeKind.Delete)
        {
            _fit.Check(batch.Rows);
        }

        if (!_isStaged && !copies)
        {
            await _session.ExecuteAsync(_sql.CreateStage, [], cancellationToken);
            _isStaged = true;
        }
        try
        {
            return await TransactAsync(batch, copies, cancellationToken);
        }
        catch (PostgresException error)
            when (error.SqlState == PostgresErrorCodes.UniqueViolation && (copies || batch.IntoEmpty))
        {
            // A key is taken after all: look up every key first, and report those that are.
            return await ApplyOnceAsync(batch with { IntoEmpty = false }, mayCopy: false, cancellationToken);
        }
    }

    private async ValueTask<IReadOnlyList<int>> TransactAsync(
        ChangeBatch batch,
        bool copies,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await _session.Connection.BeginTransactionAsync(cancellationToken);
        if (batch.IntoEmpty)
        {
            // A load need not wait for the disk at each batch: saving the proof does, and with it all that came before.
            await _session.ExecuteAsync("SET LOCAL synchronous_commit = off", [], cancellationToken);
        }
        if (!await StateTable.CheckAsync(_session, _pipeline, Epoch, batch.Rows.Count, cancellationToken))
        {
            throw new FencedException(_pipeline, Epoch);
        }

        var conflicts = batch.Kind switch
        {
            ChangeKind.Create => await CreateAsync(batch, copies, cancellationToken),
            ChangeKind.Update => await ChangeAsync(batch, _sql.Update, _sql.StageColumns, cancellationToken),
            _ => await ChangeAsync(batch, _sql.Delete, _sql.StageKeyColumns, cancellationToken),
        };
        await transaction.CommitAsync(cancellationToken);
        return conflicts;
    }

    private async ValueTask<IReadOnlyList<int>> CreateAsync(
        ChangeBatch batch,
        bool copies,
        CancellationToken cancellationToken
    )
    {
        if (copies)
        {
            await Stage.CopyAsync(_session, _sql.CopyColumns, batch.Rows, cancellationToken);
            return [];
        }
        await Stage.FillAsync(_session, _sql.StageColumns, batch, cancellationToken);
        List<int> taken = batch.IntoEmpty ? [] : await PositionsAsync(_sql.Taken, [], cancellationToken);
        await _session.ExecuteAsync(_sql.Insert, [taken.ToArray()], cancellationToken);
        return taken;
    }

    private async ValueTask<IReadOnlyList<int>> ChangeAsync(
        ChangeBatch batch,
        Func<long?, string> statement,
        IEnumerable<string> columns,
        CancellationToken cancellationToken
    )
    {
        await Stage.FillAsync(_session, columns, batch, cancellationToken);
        var done = _comparison is null
            ? await PositionsAsync(statement(batch.Seed), [], cancellationToken)
            : await PositionsAsync(
                statement(null),
                [await _comparison.AsExpectedAsync(batch, cancellationToken)],
                cancellationToken
            );
        return [.. Enumerable.Range(0, batch.Rows.Count).Except(done)];
    }

    private async ValueTask<List<int>> PositionsAsync(
        string sql,
        object?[] parameters,
        CancellationToken cancellationToken
    )
    {
        await using var command = _session.Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<int> positions = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            positions.Add(reader.GetInt32(0));
        }

        return positions;
    }
}
