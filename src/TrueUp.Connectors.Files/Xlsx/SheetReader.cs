using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Xlsx;

/// <summary>
/// Reads the rows of a sheet in one pass over its XML (ECMA-376 part 1, 18.3.1.73 and 18.3.1.4). Cells that are not
/// there or have no value are left out, so a sheet that formats a million empty cells costs what its text costs.
/// </summary>
internal sealed class SheetReader(XmlReader xml, string path, SharedStrings strings, CellStyles styles, bool isFrom1904)
{
    private const int RowBytesMax = 64 << 20;

    private readonly List<Cell> _cells = [];
    private readonly ArrayBufferWriter<byte> _text = new(1024);

    /// <summary>The number of the row, from 1.</summary>
    public int Row { get; private set; }

    /// <summary>Its cells that hold something, by column.</summary>
    public IReadOnlyList<Cell> Cells => _cells;

    /// <summary>The display text of one of the row's cells.</summary>
    public ReadOnlySpan<byte> Text(Cell cell) => _text.WrittenSpan.Slice(cell.Start, cell.Length);

    /// <summary>Reads the next row.</summary>
    /// <returns>False at the end of the sheet.</returns>
    /// <exception cref="SideException">The sheet is damaged.</exception>
    public bool Read()
    {
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                ReadRow();
                return true;
            }
            if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "sheetData" })
            {
                return false;
            }
        }
        return false;
    }

    private void ReadRow()
    {
        var row = xml.GetAttribute("r") is { } number ? Number(number) : Row + 1;
        if (row <= Row || row > XlsxOptions.RowsMax)
        {
            throw Damaged();
        }
        Row = row;
        _cells.Clear();
        _text.ResetWrittenCount();
        if (xml.IsEmptyElement)
        {
            return;
        }
        var depth = xml.Depth;
        var column = -1;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                var next = xml.GetAttribute("r") is { } reference ? ColumnOf(reference) : column + 1;
                if (next <= column || next >= XlsxOptions.ColumnsMax)
                {
                    throw Damaged();
                }
                column = next;
                ReadCell(column);
            }
        }
    }

    private void ReadCell(int column)
    {
        var type = xml.GetAttribute("t");
        var style = xml.GetAttribute("s") is { } text ? Number(text) : 0;
        if (xml.IsEmptyElement)
        {
            return;
        }
        string? value = null;
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "v" })
            {
                value = ValueText();
            }
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "is" })
            {
                value = RichText.Read(xml);
            }
        }
        if (value is not null)
        {
            Add(column, type, style, value);
        }
    }

    private string ValueText()
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }
        var depth = xml.Depth;
        var value = "";
        while (xml.Read() && xml.Depth > depth)
        {
            value += xml.NodeType is XmlNodeType.Element or XmlNodeType.EndElement ? "" : xml.Value;
        }
        return value;
    }

    private void Add(int column, string? type, int style, string value)
    {
        switch (type)
        {
            case "s":
                var index = Number(value);
                Add(column, CellKind.Text, index < strings.Count ? strings[index] : throw Damaged());
                break;
            case "str":
                Add(column, CellKind.Text, RichText.Unescape(value));
                break;
            case "inlineStr":
                Add(column, CellKind.Text, value);
                break;
            case "b":
                Add(column, CellKind.Bool, value.Trim() is "1" or "true" ? "true" : "false");
                break;
            case "e":
                Add(column, CellKind.Error, value);
                break;
            case "d":
                AddIsoDate(column, value);
                break;
            default:
                AddNumber(column, style, value);
                break;
        }
    }

    private void AddNumber(int column, int style, string value)
    {
        if (value.Length == 0)
        {
            return;
        }
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            throw Damaged();
        }
        var (kind, text) = CellText.Of(number, styles[style], isFrom1904);
        Add(column, kind, text);
    }

    private void AddIsoDate(int column, string value)
    {
        if (
            !DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var date)
            || date.Kind != DateTimeKind.Unspecified
        )
        {
            Add(column, CellKind.Text, value);
            return;
        }
        var isDay = !value.Contains('T');
        Add(
            column,
            isDay ? CellKind.Date : CellKind.Timestamp,
            date.ToString(isDay ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)
        );
    }

    private void Add(int column, CellKind kind, string text) => Add(column, kind, Encoding.UTF8.GetBytes(text));

    private void Add(int column, CellKind kind, ReadOnlySpan<byte> text)
    {
        // One shared text may stand in every cell, so that a small workbook makes rows of any size.
        if (_text.WrittenCount + text.Length > RowBytesMax)
        {
            throw WorkbookErrors.TooLarge(path, $"row {Row}");
        }
        _cells.Add(new Cell(column, kind, _text.WrittenCount, text.Length));
        _text.Write(text);
    }

    private int Number(string text) =>
        int.TryParse(
            text,
            NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : throw Damaged();

    // "BC23": letters are digits of base 26 without a zero.
    private int ColumnOf(string reference)
    {
        var column = 0;
        foreach (var letter in reference)
        {
            if (!char.IsAsciiLetter(letter))
            {
                break;
            }
            column = (column * 26) + (char.ToUpperInvariant(letter) - 'A' + 1);
            if (column > XlsxOptions.ColumnsMax)
            {
                throw Damaged();
            }
        }
        return column > 0 ? column - 1 : throw Damaged();
    }

    private SideException Damaged() =>
        WorkbookErrors.Damaged(path, Row > 0 ? $"the sheet near row {Row}" : "the sheet");
}
