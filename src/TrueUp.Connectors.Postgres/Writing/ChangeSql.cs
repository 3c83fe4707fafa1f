using TrueUp.Connectors.Postgres.Catalog;
using TrueUp.Connectors.Postgres.Names;
using TrueUp.Connectors.Postgres.Sql;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Writing;

/// <summary>
/// The statements that apply staged changes. The target's alias is <c>t</c>, the staging table's <c>s</c>.
/// </summary>
internal sealed class ChangeSql
{
    private readonly RowSql _rows;
    private readonly string? _scope;
    private readonly string _match;

    public ChangeSql(RowSql rows, string? scope)
    {
        _rows = rows;
        _scope = scope;
        _match = rows.Match(i => Staged(rows.Plan.Schema.KeyOrdinals[i]));
        StageColumns = [.. rows.Plan.Schema.Columns.Select((_, i) => $"trueup_c{i}")];
    }

    /// <summary>The staging table's columns for a whole row.</summary>
    public IReadOnlyList<string> StageColumns { get; }

    /// <summary>The staging table's columns for a key.</summary>
    public IEnumerable<string> StageKeyColumns => _rows.Plan.Schema.KeyOrdinals.Select(o => StageColumns[o]);

    /// <summary>Creates the staging table, which empties itself at the end of each transaction.</summary>
    public string CreateStage =>
        $"""
            CREATE TEMP TABLE trueup_stage ({string.Join(
                ", ",
                _rows.Plan.Columns.Select((c, i) => $"{StageColumns[i]} {CarrierSql.TypeOf(c.Carrier)}")
            )},
              trueup_row int4 NOT NULL, trueup_hash int8 NOT NULL) ON COMMIT DELETE ROWS
            """;

    /// <summary>Positions of staged rows whose key the target has.</summary>
    public string Taken =>
        $"""
            SELECT s.trueup_row FROM pg_temp.trueup_stage AS s
            WHERE EXISTS (SELECT 1 FROM {_rows.Table.From} AS t WHERE {_match}) ORDER BY 1
            """;

    /// <summary>Inserts the staged rows but those of the given positions ($1).</summary>
    public string Insert =>
        $"""
            INSERT INTO {_rows.Table.From} ({SqlName.QuoteAll(
                Written.Select(o => _rows.Columns[o].Name)
            )}) OVERRIDING SYSTEM VALUE
            SELECT {string.Join(
                ", ",
                Written.Select(Converted)
            )} FROM pg_temp.trueup_stage AS s WHERE s.trueup_row <> ALL ($1)
            """;

    /// <summary>The target's columns of a COPY of whole rows.</summary>
    public string CopyColumns => $"{_rows.Table.From} ({SqlName.QuoteAll(_rows.Columns.Select(c => c.Name))})";

    /// <summary>Whether a row's transport form is what COPY into the table takes.</summary>
    public bool CanCopy =>
        _rows
            .Plan.Columns.Index()
            .All(c =>
                c.Item.Written && (CarrierSql.TypeOf(c.Item.Carrier) != "text" || IsText(_rows.Columns[c.Index]))
            );

    /// <summary>
    /// The target's rows of staged keys, locked, with their position in front: what to hash where the server cannot.
    /// </summary>
    public string Locked =>
        $"""
            SELECT s.trueup_row, {_rows.ValueList} FROM {_rows.Table.From} AS t
            JOIN pg_temp.trueup_stage AS s ON {_match}{RowSql.Where(_scope)} FOR UPDATE OF t
            """;

    /// <summary>Updates rows that are as expected, and returns the positions of those.</summary>
    /// <param name="seed">The seed of the expected hashes, or null to go by the given positions ($1).</param>
    public string Update(long? seed) =>
        $"""
            UPDATE {_rows.Table.From} AS t SET {string.Join(", ", Assignments())}
            FROM pg_temp.trueup_stage AS s{RowSql.Where(_match, _scope, AsExpected(seed))} RETURNING s.trueup_row
            """;

    /// <summary>Deletes rows that are as expected, and returns the positions of those.</summary>
    /// <param name="seed">The seed of the expected hashes, or null to go by the given positions ($1).</param>
    public string Delete(long? seed) =>
        $"""
            DELETE FROM {_rows.Table.From} AS t
            USING pg_temp.trueup_stage AS s{RowSql.Where(_match, _scope, AsExpected(seed))} RETURNING s.trueup_row
            """;

    private IEnumerable<int> Written => _rows.Plan.Columns.Index().Where(c => c.Item.Written).Select(c => c.Index);

    private static bool IsText(PgColumn column) =>
        column.BaseType is "text" or "varchar" or "bpchar" or "name" or "json";

    private string AsExpected(long? seed) =>
        seed is { } value ? $"{_rows.RowHash(value)} = s.trueup_hash" : "s.trueup_row = ANY ($1)";

    private static string Staged(int ordinal) => $"s.trueup_c{ordinal}";

    // Text that stands for something else is read by that type's own input; everything else converts by assignment,
    // which
    // refuses what does not fit instead of cutting it.
    private string Converted(int ordinal) =>
        CarrierSql.TypeOf(_rows.Plan.Columns[ordinal].Carrier) == "text"
        && _rows.Columns[ordinal].Type.Kind != LogicalKind.Text
            ? $"{Staged(ordinal)}::{_rows.Columns[ordinal].CastType}"
            : Staged(ordinal);

    private IEnumerable<string> Assignments()
    {
        var keys = _rows.Plan.Schema.KeyOrdinals;
        List<int> set = [.. Written.Where(o => !keys.Contains(o) && !_rows.Columns[o].IsFixedIdentity)];
        // A row that is all key has nothing to change; the statement still says which rows are as expected.
        if (set.Count == 0)
        {
            set = [keys[0]];
        }

        return set.Select(o => $"{SqlName.Quote(_rows.Columns[o].Name)} = {Converted(o)}");
    }
}
