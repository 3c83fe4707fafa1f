using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace TrueUp.Samples.Sellers;

/// <summary>Writes a sheet cell by cell, without a document in memory.</summary>
internal static class SheetWriter
{
    /// <summary>The day that a workbook counts as 0 (days after February 1900 only).</summary>
    private static readonly DateOnly DayZero = new(1899, 12, 30);

    /// <summary>Writes header and rows.</summary>
    public static void Write(WorksheetPart part, Sheet sheet, SharedTexts texts)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteStartElement(new SheetData());
        WriteRow(writer, 1, sheet.Headers, texts);
        for (var i = 0; i < sheet.Rows.Count; i++)
        {
            WriteRow(writer, i + 2, sheet.Rows[i], texts);
        }
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static void WriteRow(OpenXmlWriter writer, int number, IReadOnlyList<object?> cells, SharedTexts texts)
    {
        writer.WriteStartElement(new Row { RowIndex = (uint)number });
        for (var i = 0; i < cells.Count; i++)
        {
            // As spreadsheet programs do, an empty cell is left out.
            if (cells[i] is { } value)
            {
                var cell = Cell(value, texts);
                cell.CellReference = string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + i)}{number}");
                writer.WriteElement(cell);
            }
        }
        writer.WriteEndElement();
    }

    private static Cell Cell(object value, SharedTexts texts) =>
        value switch
        {
            string text => new Cell
            {
                DataType = CellValues.SharedString,
                CellValue = new CellValue(texts.IndexOf(text)),
            },
            bool truth => new Cell { DataType = CellValues.Boolean, CellValue = new CellValue(truth ? "1" : "0") },
            DateOnly date => new Cell { StyleIndex = CellStyles.Date, CellValue = new CellValue(DaysOf(date)) },
            decimal number => new Cell { StyleIndex = StyleOf(number), CellValue = new CellValue(Shortest(number)) },
            _ => throw new ArgumentException($"A cell cannot hold a {value.GetType().Name}.", nameof(value)),
        };

    private static int DaysOf(DateOnly date) => date.DayNumber - DayZero.DayNumber;

    private static uint StyleOf(decimal number) => number.Scale == 2 ? CellStyles.Amount : CellStyles.General;

    private static string Shortest(decimal number) => number.ToString("0.##########", CultureInfo.InvariantCulture);
}
