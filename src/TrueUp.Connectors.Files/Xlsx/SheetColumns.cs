using System.Text;
using TrueUp.Connectors.Files.Records;
using TrueUp.Pipelines;
using TrueUp.Rows;

namespace TrueUp.Connectors.Files.Xlsx;

/// <summary>The named columns of a sheet, and what their cells hold.</summary>
internal sealed class SheetColumns
{
    private const CellKind Numbers = CellKind.Integer | CellKind.Float,
        Moments = CellKind.Date | CellKind.Timestamp;

    private readonly int[] _fieldOf;
    private readonly CellKind[] _kinds;
    private readonly SortedSet<int> _unnamed = [];

    public SheetColumns(SheetReader header)
    {
        var named = header
            .Cells.Where(c => c.Kind != CellKind.Error && !header.Text(c).Trim(" \t\r\n"u8).IsEmpty)
            .ToList();
        Names = [.. named.Select(c => Encoding.UTF8.GetString(header.Text(c)))];
        _fieldOf = new int[named.Count == 0 ? 0 : named[^1].Column + 1];
        Array.Fill(_fieldOf, -1);
        for (var i = 0; i < named.Count; i++)
        {
            _fieldOf[named[i].Column] = i;
        }
        _kinds = new CellKind[named.Count];
    }

    /// <summary>The names, in the sheet's order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The position among the named columns, or -1.</summary>
    public int FieldOf(int column) => column < _fieldOf.Length ? _fieldOf[column] : -1;

    /// <summary>Takes a cell into account.</summary>
    public void See(Cell cell)
    {
        var field = FieldOf(cell.Column);
        if (field >= 0)
        {
            _kinds[field] |= cell.Kind;
        }
        else if (_unnamed.Count < HeaderNames.ColumnsMax)
        {
            _unnamed.Add(cell.Column);
        }
    }

    /// <summary>The columns with the types that hold all their cells exactly.</summary>
    public IReadOnlyList<Column> Columns => [.. Names.Select((name, i) => new Column(name, TypeOf(_kinds[i])))];

    /// <summary>Everything that is wrong with the header.</summary>
    public IEnumerable<Finding> Check(string file, int row)
    {
        foreach (var column in _unnamed)
        {
            yield return new Finding(
                "empty_header",
                $"Column {Letters(column)} has values and no name in row {row}.",
                "Name the column in the header, empty it, or set 'header_row' to the row with the names."
            )
            {
                File = file,
                Line = row,
                Path = $"column {Letters(column)}",
            };
        }
        foreach (var finding in HeaderNames.Check(Names, file, row))
        {
            yield return finding;
        }
    }

    private static LogicalType TypeOf(CellKind kinds) =>
        (kinds & ~CellKind.Error) switch
        {
            CellKind.Integer => LogicalType.Int64,
            CellKind.Float or Numbers => LogicalType.Float64,
            CellKind.Bool => LogicalType.Bool,
            CellKind.Date => LogicalType.Date,
            CellKind.Timestamp or Moments => LogicalType.Timestamp,
            CellKind.Time => LogicalType.Time,
            CellKind.Elapsed => LogicalType.Interval,
            _ => LogicalType.Text,
        };

    private static string Letters(int column)
    {
        var letters = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        {
            letters = (char)('A' + ((rest - 1) % 26)) + letters;
        }
        return letters;
    }
}
