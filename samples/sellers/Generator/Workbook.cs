using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using SheetEntry = DocumentFormat.OpenXml.Spreadsheet.Sheet;

namespace TrueUp.Samples.Sellers;

/// <summary>An XLSX file with real dates, numbers and truth values; the same sheets give the same bytes.</summary>
internal static class Workbook
{
    /// <summary>The file's bytes.</summary>
    public static byte[] Write(IReadOnlyList<Sheet> sheets)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            document.ChangeIdOfPart(book, "rId1");
            var texts = new SharedTexts();
            var list = new Sheets();
            for (var i = 0; i < sheets.Count; i++)
            {
                // Identifiers of our own: the library would invent random ones.
                var id = $"rId{i + 1}";
                SheetWriter.Write(book.AddNewPart<WorksheetPart>(id), sheets[i], texts);
                list.AppendChild(
                    new SheetEntry
                    {
                        Name = sheets[i].Name,
                        SheetId = (uint)(i + 1),
                        Id = id,
                    }
                );
            }
            texts.Write(book.AddNewPart<SharedStringTablePart>("rIdTexts"));
            book.AddNewPart<WorkbookStylesPart>("rIdStyles").Stylesheet = CellStyles.Create();
            book.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook(list);
        }
        return TimelessZip.Repack(stream.ToArray());
    }
}
