using TrueUp.Connectors.Postgres.Catalog;
using TrueUp.Connectors.Postgres.Names;
using TrueUp.Connectors.Postgres.Reading;
using TrueUp.Connectors.Postgres.Sessions;
using TrueUp.Connectors.Postgres.Sql;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres;

/// <summary>A table, view or query that is read.</summary>
internal sealed class PostgresSource(Server server, SqlName? table, string? query) : ISource
{
    private PgTable? _described;

    public string Name => $"{server.Name} {table?.ToString() ?? "(query)"}";

    public async ValueTask<SideSchema> DescribeAsync(CancellationToken cancellationToken)
    {
        _described = await FindAsync(cancellationToken);
        return _described.ToSchema();
    }

    public bool CanGive(Column column, LogicalType carrier) => ColumnTypes.CanGive(column.Type, carrier);

    public async ValueTask<IRowSet> OpenAsync(RowPlan plan, CancellationToken cancellationToken)
    {
        _described ??= await FindAsync(cancellationToken);
        return await RowSetOpener.OpenAsync(
            server,
            new RowSql(_described, plan, SideRole.Source),
            null,
            Name,
            cancellationToken
        );
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private ValueTask<PgTable> FindAsync(CancellationToken cancellationToken) =>
        Guard.RunAsync(
            $"Describing {Name}",
            PgPhase.Reading,
            async () =>
            {
                var found = await server.UseAsync<PgTable?>(
                    async session =>
                        table is null
                            ? await TableCatalog.DescribeAsync(session, query ?? "", cancellationToken)
                            : await TableCatalog.FindAsync(session, table, cancellationToken),
                    cancellationToken
                );
                return found
                    ?? throw new SideException(
                        ErrorType.Database,
                        $"{server.Name} has no table {table}.",
                        "Correct `table`; names without quotes are lower case, and a name without schema is looked up by the search path."
                    )
                    {
                        Code = "table_missing",
                    };
            },
            cancellationToken
        );
}
