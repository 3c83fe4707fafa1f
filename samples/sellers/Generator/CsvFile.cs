using System.Buffers;
using System.Globalization;
using System.Text;

namespace TrueUp.Samples.Sellers;

/// <summary>
/// A sheet as a spreadsheet program saves it as CSV: UTF-8 with a byte order mark, CRLF, quotes where they are needed.
/// </summary>
internal static class CsvFile
{
    private const int FieldsOfCutRow = 6;

    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",;\"\r\n\t");

    /// <summary>The file's bytes.</summary>
    /// <param name="sheet">The table.</param>
    /// <param name="mistakes">Its ragged rows: the first is cut off, the next has a field too many.</param>
    public static byte[] Write(Sheet sheet, IReadOnlyList<Mistake> mistakes)
    {
        var ragged = mistakes.Where(m => m.Kind == MistakeKind.RaggedRow).Select(m => m.Row - 1).ToList();
        var text = new StringBuilder().AppendJoin(',', sheet.Headers).Append("\r\n");
        for (var row = 0; row < sheet.Rows.Count; row++)
        {
            var fields = sheet.Rows[row].Select(Field);
            fields = ragged.IndexOf(row) switch
            {
                < 0 => fields,
                var i when i % 2 == 0 => fields.Take(FieldsOfCutRow),
                _ => fields.Append("checked"),
            };
            text.AppendJoin(',', fields).Append("\r\n");
        }
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string Field(object? cell) =>
        cell switch
        {
            null => "",
            bool truth => truth ? "TRUE" : "FALSE",
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => Quote((string)cell),
        };

    private static string Quote(string text) =>
        text.AsSpan().ContainsAny(NeedQuotes) || text.StartsWith(' ') || text.EndsWith(' ')
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
}
