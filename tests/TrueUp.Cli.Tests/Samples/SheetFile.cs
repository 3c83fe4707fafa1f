using System.Text;
using ExcelDataReader;

namespace TrueUp.Cli.Tests.Samples;

/// <summary>Reads the sample's files back with readers that have nothing to do with TrueUp's own.</summary>
internal static class SheetFile
{
    // The reader's configuration asks for code page 1252, which XLSX never needs.
    static SheetFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The rows of a sheet, its header first; an empty cell is null.</summary>
    public static List<object?[]> Workbook(string path, string sheet)
    {
        using var stream = File.OpenRead(path);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream);
        while (reader.Name != sheet)
        {
            reader.NextResult().ShouldBeTrue($"there is no sheet {sheet}");
        }
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i))]);
        }
        return rows;
    }

    /// <summary>The records of a CSV file (RFC 4180), its header first.</summary>
    public static List<string[]> Csv(string path)
    {
        var text = File.ReadAllText(path);
        var (records, fields, field, quoted) = (new List<string[]>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' when quoted && i + 1 < text.Length && text[i + 1] == '"':
                    field.Append('"');
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    End();
                    break;
                case '\r' when !quoted:
                    break;
                case '\n' when !quoted:
                    End();
                    records.Add([.. fields]);
                    fields.Clear();
                    break;
                default:
                    field.Append(text[i]);
                    break;
            }
        }
        return records;

        void End()
        {
            fields.Add(field.ToString());
            field.Clear();
        }
    }
}
