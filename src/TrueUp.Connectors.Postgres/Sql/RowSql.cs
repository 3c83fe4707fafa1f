using TrueUp.Connectors.Postgres.Catalog;
using TrueUp.Connectors.Postgres.Names;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Sql;

/// <summary>The SQL of one plan over one table or query, whose alias is <c>t</c>.</summary>
internal sealed class RowSql
{
    private readonly PgColumn[] _columns;
    private readonly string[] _values;
    private readonly bool[] _rounded;

    /// <param name="table">What the rows come from.</param>
    /// <param name="plan">What is read.</param>
    /// <param name="role">Which of the plan's names are this side's.</param>
    public RowSql(PgTable table, RowPlan plan, SideRole role)
    {
        Table = table;
        Plan = plan;
        _columns = [.. plan.Columns.Select(c => table[role == SideRole.Source ? c.SourceName : c.TargetName])];
        // Rounding is what the source's values lose; the target's are compared as they are.
        _values =
        [
            .. plan.Columns.Select((c, i) => Value(c.Carrier, _columns[i], role == SideRole.Source ? c.Round : null)),
        ];
        Padded =
        [
            .. Enumerable
                .Range(0, _columns.Length)
                .Where(i => _columns[i].BaseType == "bpchar" && plan.Columns[i].Carrier.Kind == LogicalKind.Text),
        ];
        _rounded = [.. plan.Columns.Select(c => role == SideRole.Source && c.Round is not null)];
    }

    public PgTable Table { get; }

    public RowPlan Plan { get; }

    /// <summary>Whether the first key column is not compared as it is stored.</summary>
    public bool RoundsKey => _rounded[Plan.Schema.KeyOrdinals[0]];

    /// <summary>The server's columns in tuple order.</summary>
    public IReadOnlyList<PgColumn> Columns => _columns;

    /// <summary>Expressions of the carriers' types, in tuple order.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>All values, for a SELECT list.</summary>
    public string ValueList => string.Join(", ", _values);

    /// <summary>
    /// All values as a reader takes them that cuts off the padding of char(n) itself, see <see cref="Padded"/>: the
    /// server
    /// needs longer for that than for the rest of the row.
    /// </summary>
    public string PaddedValueList =>
        string.Join(", ", _values.Select((v, i) => Padded.Contains(i) ? ColumnSql(_columns[i]) : v));

    /// <summary>The columns of the plan that are text of a char(n).</summary>
    public IReadOnlyList<int> Padded { get; }

    /// <summary>The key's values, for a SELECT list.</summary>
    public string KeyList => string.Join(", ", Plan.Schema.KeyOrdinals.Select(o => _values[o]));

    /// <summary>
    /// The first key column, comparable with literals of its carrier and, unless rounded, fit for an index.
    /// </summary>
    public string LeadingKey =>
        RoundsKey ? _values[Plan.Schema.KeyOrdinals[0]] : ColumnSql(_columns[Plan.Schema.KeyOrdinals[0]]);

    /// <summary>The hash of a whole row.</summary>
    public string RowHash(long seed) => HashSql.Of([.. Enumerable.Range(0, _values.Length).Select(Hashed)], seed);

    /// <summary>The hash of the key, which chooses the bucket.</summary>
    public string KeyHash => HashSql.Of([.. Plan.Schema.KeyOrdinals.Select(Hashed)], 0);

    /// <summary>A condition that finds the row whose keys are these expressions of the carriers' types.</summary>
    public string Match(Func<int, string> key) =>
        string.Join(" AND ", Plan.Schema.KeyOrdinals.Select((ordinal, i) => Match(ordinal, key(i))));

    /// <summary>What stands behind SELECT's list: FROM and the conditions that are not null.</summary>
    public string FromWhere(params ReadOnlySpan<string?> conditions) => $"FROM {Table.From} AS t{Where(conditions)}";

    /// <summary>WHERE with the conditions that are not null; nothing when there is none.</summary>
    public static string Where(params ReadOnlySpan<string?> conditions)
    {
        List<string> all = [];
        foreach (var condition in conditions)
        {
            if (condition is not null)
            {
                all.Add($"({condition})");
            }
        }
        return all.Count == 0 ? "" : $" WHERE {string.Join(" AND ", all)}";
    }

    /// <summary>A column of this table in SQL.</summary>
    public static string ColumnSql(PgColumn column) => $"t.{SqlName.Quote(column.Name)}";

    private static string Value(LogicalType carrier, PgColumn column, int? round)
    {
        var sql = ColumnSql(column);
        if (round is { } digits)
        {
            sql = $"round({sql}::numeric, {digits})";
        }

        return $"{sql}::{CarrierSql.TypeOf(carrier)}";
    }

    // Blanks at the end of a char(n) are no part of its value; its own hash leaves them out without making a text
    // first.
    private HashedValue Hashed(int ordinal) => new(Plan.Columns[ordinal].Carrier, _values[ordinal], _columns[ordinal]);

    private string Match(int ordinal, string key)
    {
        var (column, carrier) = (_columns[ordinal], Plan.Columns[ordinal].Carrier);
        var sql = ColumnSql(column);
        if (CarrierSql.TypeOf(carrier) == "text")
        {
            // Equality by bytes decides; the type's own equality, where there is one, only lets an index find
            // candidates.
            var exact = $"{_values[ordinal]} COLLATE \"C\" = {key} COLLATE \"C\"";
            return column.Type.Kind switch
            {
                LogicalKind.Text when column.BaseType is "text" or "varchar" => $"{sql} = {key} AND {exact}",
                LogicalKind.Text when column.BaseType is "bpchar" => $"{sql} = {key}::bpchar AND {exact}",
                LogicalKind.Raw when carrier.Kind == LogicalKind.Raw && column.HasEquality && IsIndexed(column) =>
                    $"{sql} = {key}::{column.CastType} AND {exact}",
                _ => exact,
            };
        }
        if (_rounded[ordinal])
        {
            return $"{_values[ordinal]} = {key}";
        }
        // A month equals thirty days to the server, not to us.
        return carrier.Kind == LogicalKind.Interval
            ? $"{sql} = {key} AND interval_send({sql}) = interval_send({key})"
            : $"{sql} = {key}";
    }

    private bool IsIndexed(PgColumn column) =>
        Table.Key.Contains(column.Name) || Table.UniqueKeys.Any(k => k.Contains(column.Name));
}
