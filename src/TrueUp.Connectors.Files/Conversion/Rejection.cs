using System.Text;
using TrueUp.Connectors.Files.Records;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Conversion;

/// <summary>Says why a record was left out and what to do about it.</summary>
internal static class Rejection
{
    public static RejectedRecord Of(TextRecord record, string issue, string reason, string? column = null, byte[]? key = null) =>
        new(issue, reason)
        {
            Ordinal = record.Ordinal,
            Line = record.Line,
            Column = column,
            Key = key,
            Raw = RawText.Of(record.Raw),
        };

    public static RejectedRecord Ragged(TextRecord record, int expected) => Of(
        record, "ragged_row",
        $"The record has {Fields(record.Count)}, the header has {expected}. Quote fields that hold a delimiter, and fill up missing ones.");

    public static RejectedRecord Faulty(TextRecord record, byte[]? key) => record.Fault switch
    {
        RecordFault.BadEncoding => Of(
            record, "bad_encoding", "The record has bytes that are no text in the file's encoding. Save the file as UTF-8, or set 'encoding'.", key: key),
        RecordFault.NulByte => Of(record, "invalid_format", "The record has a NUL byte, which is no text. Remove it, or set 'encoding'.", key: key),
        RecordFault.TextAfterQuote => Of(
            record, "invalid_format", "Text follows a closing quote. Double every quote inside a quoted field, and put nothing behind it."),
        RecordFault.TooLarge => Of(record, "row_too_large", "The record is longer than a row may be. Check its quotes, or raise max_row_bytes."),
        _ => Of(
            record, "unclosed_quote",
            $"The quote opened on line {record.FaultLine} is never closed, so the rest of the file is one record. Close it, or set 'quote'."),
    };

    public static RejectedRecord TooLarge(TextRecord record, byte[]? key) =>
        Of(record, "row_too_large", "The record is longer than a row may be. Raise max_row_bytes, or shorten it.", key: key);

    public static RejectedRecord Invalid(TextRecord record, PlannedColumn column, FieldConverter converter, FieldForm form, int field, byte[]? key) => Of(
        record, "invalid_format",
        form == FieldForm.Error
            ? $"'{column.SourceName}' holds the error {Encoding.UTF8.GetString(record.Text(field))} in place of a value. Correct the formula."
            : column.Declared
                ? $"'{column.SourceName}' holds no {converter.Expected}. Correct the value, or declare its notation with 'format'."
                : $"'{column.SourceName}' holds no {converter.Expected} in plain notation. Correct the value, or declare the column's type under 'columns'.",
        column.TargetName, key);

    private static string Fields(int count) => count == 1 ? "1 field" : $"{count} fields";
}
