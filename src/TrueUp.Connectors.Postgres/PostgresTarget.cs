using TrueUp.Connectors.Postgres.Catalog;
using TrueUp.Connectors.Postgres.Names;
using TrueUp.Connectors.Postgres.Reading;
using TrueUp.Connectors.Postgres.Sessions;
using TrueUp.Connectors.Postgres.Sql;
using TrueUp.Connectors.Postgres.Writing;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres;

/// <summary>A table that is written.</summary>
internal sealed class PostgresTarget(Server server, SqlName table, string? owns) : ICanaryTarget
{
    private PgTable? _described;

    public string Name => $"{server.Name} {table}";

    public ValueTask<SideSchema?> DescribeAsync(CancellationToken cancellationToken) =>
        InSessionAsync(
            $"Describing {Name}",
            async session =>
            {
                _described = await TableCatalog.FindAsync(session, table, cancellationToken) is { } found
                    ? await LateKey.AddAsync(session, found, cancellationToken)
                    : null;
                if (_described is { Kind: not ('r' or 'p') })
                {
                    throw new SideException(
                        ErrorType.Validation,
                        $"{_described.Name} on {server.Name} is no table.",
                        "Name a table as the target."
                    )
                    {
                        Code = "not_a_table",
                    };
                }
                return _described?.ToSchema();
            },
            cancellationToken
        );

    public bool CanHold(Column column, LogicalType carrier) => ColumnTypes.CanHold(column.Type, carrier);

    public async ValueTask<LogicalType?> CarrierForNewAsync(LogicalType type, CancellationToken cancellationToken)
    {
        if (type.Kind == LogicalKind.Json && type.Native is null)
        {
            return LogicalType.Json with { Native = "json" };
        }

        if (type.Kind != LogicalKind.Raw)
        {
            return type;
        }

        return await InSessionAsync(
            $"Looking up a type of {server.Name}",
            async session =>
                await session.ScalarAsync("SELECT to_regtype($1)::oid", [type.Native], cancellationToken) is null
                    ? LogicalType.Text
                    : type,
            cancellationToken
        );
    }

    public async ValueTask PrepareAsync(
        RowPlan plan,
        bool create,
        IReadOnlyList<string> addColumns,
        CancellationToken cancellationToken
    )
    {
        await InSessionAsync(
            $"Preparing {Name}",
            async session =>
            {
                var found = await TableCatalog.FindAsync(session, table, cancellationToken);
                if (create && found is null)
                {
                    await TableMaker.CreateAsync(session, table, plan, cancellationToken);
                }

                if (addColumns.Count > 0)
                {
                    var columns = plan.Schema.Columns.Where(c => addColumns.Contains(c.Name, StringComparer.Ordinal));
                    await TableMaker.AddAsync(session, found?.Name ?? table, columns, cancellationToken);
                }
                return true;
            },
            cancellationToken
        );
        _described = null;
    }

    public async ValueTask<IRowSet> OpenAsync(RowPlan plan, CancellationToken cancellationToken)
    {
        var found = await FoundAsync(cancellationToken);
        return await RowSetOpener.OpenAsync(
            server,
            new RowSql(found, plan, SideRole.Target),
            owns,
            Name,
            cancellationToken
        );
    }

    public ValueTask<TargetState?> ReadStateAsync(string pipeline, CancellationToken cancellationToken) =>
        InSessionAsync(
            $"Reading the state of {server.Name}",
            session => StateTable.ReadAsync(session, pipeline, cancellationToken),
            cancellationToken
        );

    public async ValueTask<ITargetWriter> BeginAsync(
        string pipeline,
        string runId,
        long? after,
        RowPlan plan,
        CancellationToken cancellationToken
    )
    {
        RowSql rows = new(await FoundAsync(cancellationToken), plan, SideRole.Target);
        return await Guard.RunAsync(
            $"Taking {Name} over",
            PgPhase.Reading,
            async () =>
            {
                var session = await server.OpenAsync(userPath: true, workers: 0, cancellationToken);
                try
                {
                    var epoch = await StateTable.TakeEpochAsync(session, pipeline, runId, after, cancellationToken);
                    var writer = new PgWriter(session, rows, owns, pipeline, epoch, Name);
                    await writer.ResumeLoadAsync(cancellationToken);
                    return writer;
                }
                catch
                {
                    await session.DisposeAsync();
                    throw;
                }
            },
            cancellationToken
        );
    }

    public ValueTask<IReadOnlySet<string>> MissingAsync(
        string table,
        string column,
        IReadOnlyCollection<string> values,
        CancellationToken cancellationToken
    ) =>
        InSessionAsync(
            $"Looking values up in {table} of {server.Name}",
            async session =>
            {
                var found = SqlName.TryParse(table, out var name)
                    ? await TableCatalog.FindAsync(session, name, cancellationToken)
                    : null;
                if (found is null)
                {
                    throw Missing(table);
                }

                return await MissingValues.FindAsync(session, found, column, values, cancellationToken);
            },
            cancellationToken
        );

    public async ValueTask DropCanaryAsync(string pipeline, CancellationToken cancellationToken)
    {
        if (!table.Table.StartsWith(ICanaryTarget.NamePrefix, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{Name} is no canary.");
        }
        await InSessionAsync(
            $"Dropping {Name}",
            async session =>
            {
                await session.ExecuteAsync($"DROP TABLE IF EXISTS {table.Sql}", [], cancellationToken);
                await StateTable.ForgetAsync(session, pipeline, cancellationToken);
                return true;
            },
            cancellationToken
        );
        _described = null;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async ValueTask<PgTable> FoundAsync(CancellationToken cancellationToken)
    {
        if (_described is null)
        {
            await DescribeAsync(cancellationToken);
        }

        return _described ?? throw Missing(table.ToString());
    }

    private ValueTask<T> InSessionAsync<T>(
        string doing,
        Func<Session, ValueTask<T>> use,
        CancellationToken cancellationToken
    ) => Guard.RunAsync(doing, PgPhase.Reading, () => server.UseAsync(use, cancellationToken), cancellationToken);

    private SideException Missing(string name) =>
        new(ErrorType.Database, $"{server.Name} has no table {name}.", "Create it, or let `create: true` do so.")
        {
            Code = "table_missing",
        };
}
