using System.Buffers;
using System.Text;
using SQLitePCL;
using TrueUp.Connectors.Sqlite.Cells;
using TrueUp.Connectors.Sqlite.Connections;
using TrueUp.Connectors.Sqlite.Schemas;
using TrueUp.Connectors.Sqlite.Writing;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite.Reading;

/// <summary>
/// Looks values up in a column of any table: one by one where an index helps, else in one pass over the column.
/// </summary>
internal sealed class ReferenceFinder(Connection connection, SqliteSide side)
{
    /// <summary>The values that no row has.</summary>
    /// <param name="column">The column.</param>
    /// <param name="values">Display texts.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public IReadOnlySet<string> Missing(
        string column,
        IReadOnlyCollection<string> values,
        CancellationToken cancellationToken
    )
    {
        var table = TableInfo.Read(connection, side.Table!) ?? throw TargetTable.Missing(side);
        var found =
            table.Find(column)
            ?? throw new SideException(
                ErrorType.Database,
                $"{side.Name} has no column '{column}'.",
                "Check the column's name in the rule."
            )
            {
                Code = "column_missing",
            };
        using var stop = connection.InterruptWhen(cancellationToken);
        return table.IsIndexed([found.Name]) ? LookUp(table, found, values) : Scan(table, found, values);
    }

    private HashSet<string> LookUp(TableInfo table, TableColumn column, IReadOnlyCollection<string> values)
    {
        var (cell, codec) = Kind(column);
        var conditions = string.Join(" AND ", RowSql.KeyConditions([(column.Name, cell.IsText)], 1));
        using var statement = connection.Prepare(
            $"SELECT 1 FROM {Identifier.Quote(table.Name)} WHERE {conditions} LIMIT 1"
        );
        var send = new ArrayBufferWriter<byte>();
        var missing = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            send.ResetWrittenCount();
            statement.Reset();
            if (
                !codec.TryParse(Encoding.UTF8.GetBytes(value), send)
                || !cell.TryBind(statement, 1, send.WrittenSpan)
                || !statement.Step()
            )
            {
                missing.Add(value);
            }
        }
        return missing;
    }

    private HashSet<string> Scan(TableInfo table, TableColumn column, IReadOnlyCollection<string> values)
    {
        var (cell, codec) = Kind(column);
        var wanted = values.ToLookup(v => Canonical(codec, v), StringComparer.Ordinal);
        var missing = values.ToHashSet(StringComparer.Ordinal);
        using var statement = connection.Prepare(
            $"SELECT {Identifier.Quote(column.Name)} FROM {Identifier.Quote(table.Name)}"
        );
        var send = new ArrayBufferWriter<byte>();
        var text = new ArrayBufferWriter<byte>();
        while (missing.Count > 0 && statement.Step())
        {
            var storage = statement.Storage(0);
            send.ResetWrittenCount();
            if (storage == raw.SQLITE_NULL || cell.Read(statement, 0, storage, send) != CellOutcome.Written)
            {
                continue;
            }
            text.ResetWrittenCount();
            codec.Canonical(send.WrittenSpan, text);
            missing.ExceptWith(wanted[Encoding.UTF8.GetString(text.WrittenSpan)]);
        }
        return missing;
    }

    // Values are compared and not spellings: 1.50 is there when 1.5 is. Null for what is no value of the column's type.
    private static string? Canonical(TypeCodec codec, string value)
    {
        var send = new ArrayBufferWriter<byte>();
        var text = new ArrayBufferWriter<byte>();
        if (!codec.TryParse(Encoding.UTF8.GetBytes(value), send))
        {
            return null;
        }
        codec.Canonical(send.WrittenSpan, text);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    // A column whose declaration says nothing we can hold is searched by text.
    private (Cell Cell, TypeCodec Codec) Kind(TableColumn column)
    {
        var type = column.Type.StorageOf(column.Type.Logical) == Storage.None ? LogicalType.Text : column.Type.Logical;
        var factory = new CellFactory(int.MaxValue, connection.IsUtf8);
        var cell =
            type.Kind == LogicalKind.Text
                ? factory.ForSource(column.Type, type, type)
                : factory.ForTarget(column.Type, type, isKey: false);
        return (cell, TypeCodec.For(type));
    }
}
