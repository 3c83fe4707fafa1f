using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Connectors.Sqlite.Reading;
using TrueUp.Connectors.Sqlite.Schemas;
using TrueUp.Connectors.Sqlite.Writing;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite;

/// <summary>A table of a database file. Only <see cref="PrepareAsync"/> creates a file.</summary>
internal sealed class SqliteTarget(SqliteSide side, TimeProvider clock) : ICanaryTarget
{
    private TableInfo? _table;

    public string Name => side.Name;

    public ValueTask<SideSchema?> DescribeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!File.Exists(side.Path))
        {
            return new((SideSchema?)null);
        }
        using var connection = Connection.OpenForReading(side, cancellationToken);
        _table = TableInfo.Read(connection, side.Table!);
        if (_table is null)
        {
            return new((SideSchema?)null);
        }
        var columns = _table
            .Columns.Select(c => new Column(c.Name, c.Type.Logical, !IsNotNull(c), c.IsGenerated))
            .ToList();
        var unique = _table
            .Indexes.Where(i => i.IsUnique && i.Columns.All(c => IsNotNull(_table.Find(c)!)))
            .Select(i => i.Columns);
        return new(new SideSchema(columns, _table.Key, [.. unique], []));
    }

    public bool CanHold(Column column, LogicalType carrier) => TypeOf(column).StorageOf(carrier) != Storage.None;

    // A raw type's values are a text that only their own database reads as more.
    public ValueTask<LogicalType?> CarrierForNewAsync(LogicalType type, CancellationToken cancellationToken) =>
        new(type.Kind == LogicalKind.Raw ? LogicalType.Text : type);

    public ValueTask PrepareAsync(
        RowPlan plan,
        bool create,
        IReadOnlyList<string> addColumns,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (create && !side.Create)
        {
            throw TargetTable.Missing(side);
        }
        using var connection = Connection.OpenForWriting(side, create, cancellationToken);
        if (create)
        {
            // A database of our making will let its readers read while it is written. One that is somebody's stays as
            // it is.
            if (string.Equals(connection.Scalar("SELECT count(*) FROM sqlite_schema"), "0", StringComparison.Ordinal))
            {
                FirstLoad.Begin(connection);
            }
            connection.Execute(CreateTable.Sql(side.Table!, plan));
        }
        var table = TableInfo.Read(connection, side.Table!) ?? throw TargetTable.Missing(side);
        foreach (var column in plan.Columns.Where(c => addColumns.Contains(c.TargetName, StringComparer.Ordinal)))
        {
            if (table.Find(column.TargetName) is null)
            {
                connection.Execute(CreateTable.AddColumnSql(table.Name, column));
            }
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask<IRowSet> OpenAsync(RowPlan plan, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var snapshot = Snapshot.Open(side, SideRole.Target, cancellationToken);
        try
        {
            var settings = snapshot.Read(c => TargetTable.Fit(c, side, plan).Settings, cancellationToken);
            return new(new SqliteRowSet(settings, snapshot, ownsSnapshot: true));
        }
        catch
        {
            snapshot.Dispose();
            throw;
        }
    }

    public ValueTask<TargetState?> ReadStateAsync(string pipeline, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!File.Exists(side.Path))
        {
            return new((TargetState?)null);
        }
        using var connection = Connection.OpenForReading(side, cancellationToken);
        return new(new StateTable(connection, pipeline, clock).Read());
    }

    public ValueTask<ITargetWriter> BeginAsync(
        string pipeline,
        string runId,
        long? after,
        RowPlan plan,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = Connection.OpenForWriting(side, create: false, cancellationToken);
        try
        {
            return new(
                SqliteWriter.Begin(connection, side, new StateTable(connection, pipeline, clock), runId, after, plan)
            );
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public ValueTask<IReadOnlySet<string>> MissingAsync(
        string table,
        string column,
        IReadOnlyCollection<string> values,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = Connection.OpenForReading(side, cancellationToken);
        return new(
            new ReferenceFinder(connection, side with { Table = Identifier.Parse(table), Owns = null }).Missing(
                column,
                values,
                cancellationToken
            )
        );
    }

    public ValueTask DropCanaryAsync(string pipeline, CancellationToken cancellationToken)
    {
        if (!side.Table!.StartsWith(ICanaryTarget.NamePrefix, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{side.Name} is no canary.");
        }
        if (File.Exists(side.Path))
        {
            using var connection = Connection.OpenForWriting(side, create: false, cancellationToken);
            connection.Execute($"DROP TABLE IF EXISTS {Identifier.Quote(side.Table)}");
            new StateTable(connection, pipeline, clock).Forget();
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // The rowid's own column is never null, though nothing says NOT NULL.
    private bool IsNotNull(TableColumn column) => column.IsNotNull || _table!.IsRowId(column.Name);

    // What is asked about is a column of the table that was described, or one that would be created.
    private DeclaredType TypeOf(Column column) =>
        _table?.Find(column.Name)?.Type ?? new DeclaredType(DeclaredType.NameFor(column.Type));
}
