using TrueUp.Connectors.Sqlite.Cells;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Connectors.Sqlite.Reading;
using TrueUp.Connectors.Sqlite.Schemas;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite;

/// <summary>
/// A table, view or query of a database file. Its snapshot is taken when it is described and not when it is opened: the
/// types
/// come from the values, so both have to see the same ones.
/// </summary>
internal sealed class SqliteSource(SqliteSide side) : ISource
{
    private Snapshot? _snapshot;
    private TableInfo? _table;
    private SourceScan? _scan;
    private List<SourceColumn> _columns = [];

    public string Name => side.Query is null ? side.Name : $"{side.Path} (query)";

    private string From => side.Query is { } query ? RowSql.Query(query) : RowSql.Table(_table!.Name);

    public ValueTask<SideSchema> DescribeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Scan(cancellationToken);
        var columns = _columns.Select(c => new Column(
            c.Name,
            c.Own,
            c.Scan.HasNull || _table?.Find(c.Name) is not { IsNotNull: true },
            _table?.Find(c.Name)?.IsGenerated ?? false
        ));
        var unique =
            _table?.Indexes.Where(i => i.IsUnique && !HasNull(i.Columns)).Select(i => i.Columns).ToList() ?? [];
        return new(new SideSchema([.. columns], _table?.Key ?? [], unique, [.. Findings()]));
    }

    public bool CanGive(Column column, LogicalType carrier) => Find(column.Name)?.Gives(carrier) ?? false;

    public ValueTask<IRowSet> OpenAsync(RowPlan plan, CancellationToken cancellationToken)
    {
        if (_scan is null)
        {
            Scan(cancellationToken);
        }
        var planned = plan
            .Columns.Select(c => (Column: Find(c.SourceName) ?? throw Changed(c.SourceName), c.Carrier))
            .ToList();
        var key = plan.Schema.KeyOrdinals.Select(o => plan.Columns[o].SourceName).ToList();
        var factory = new CellFactory(plan.RowBytesMax, _snapshot!.Connection.IsUtf8);
        // Who can seek is not read to the end before the comparison, so nothing may turn up later that cannot be
        // carried.
        var isClean =
            planned.TrueForAll(p => p.Column.GivesAll(p.Carrier))
            && !HasNull(key)
            && LongestTuple() <= plan.RowBytesMax;
        var settings = new RowSetSettings
        {
            Side = side,
            Role = SideRole.Source,
            Plan = plan,
            Sql = new RowSql(From, [.. plan.Columns.Select(c => c.SourceName)], owns: null),
            Key = key,
            Cells = () =>
                [.. planned.Select(p => factory.ForSource(p.Column.Declared, p.Column.ReadAs(p.Carrier), p.Carrier))],
            CanSeek = isClean && (_table?.IsIndexed(key) ?? false),
            HasLeadingIndex = _table?.IsIndexed([key[0]]) ?? false,
        };
        return new(new SqliteRowSet(settings, _snapshot!, ownsSnapshot: false));
    }

    public ValueTask DisposeAsync()
    {
        _snapshot?.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Scan(CancellationToken cancellationToken)
    {
        _snapshot ??= Snapshot.Open(side, SideRole.Source, cancellationToken);
        var connection = _snapshot.Connection;
        List<(string Name, DeclaredType Type)> declared;
        if (side.Query is { } query)
        {
            declared = QueryColumns.Read(connection, query, Name);
        }
        else
        {
            _table =
                TableInfo.Read(connection, side.Table!)
                ?? throw new SideException(
                    ErrorType.Database,
                    $"{side.Path} has no table or view '{side.Table}'.",
                    "Check the name of the table."
                )
                {
                    Code = "table_missing",
                };
            declared = [.. _table.Columns.Select(c => (c.Name, c.Type))];
        }
        var sql = new RowSql(From, [.. declared.Select(c => c.Name)], owns: null).All();
        _scan = SourceScan.Run(connection, sql, declared.Select(c => c.Type), cancellationToken);
        _columns = [.. declared.Zip(_scan.Columns, (c, scan) => new SourceColumn(c.Name, c.Type, scan.Decide(), scan))];
    }

    private IEnumerable<Finding> Findings() =>
        _columns
            .Where(c => c.Scan.IsMixed)
            .Select(c => new Finding(
                "mixed_types",
                $"The column '{c.Name}' of {Name} holds values of several kinds (text, numbers, bytes); it is read as text.",
                "Correct the values in the database, or declare the column's type to have the others rejected."
            )
            {
                Path = c.Name,
                IsError = false,
            });

    private SourceColumn? Find(string name) =>
        _columns.Find(c => string.Equals(c.Name, name, StringComparison.Ordinal));

    private bool HasNull(IEnumerable<string> columns) => columns.Any(c => Find(c) is null or { Scan.HasNull: true });

    // A bound for a row's transport form: lengths and, at worst, numbers as text and bytes in hexadecimal.
    private long LongestTuple() => 2 + (_columns.Count * 40L) + (2 * _scan!.RowBytesMax);

    private SideException Changed(string column) =>
        new(
            ErrorType.Database,
            $"{Name} has no column '{column}'.",
            "It was there when the pipeline was planned; run it again."
        )
        {
            Code = "source_changed",
            IsTransient = true,
        };
}
