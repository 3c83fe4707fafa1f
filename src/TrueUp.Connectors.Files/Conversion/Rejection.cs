using TrueUp.Connectors.Files.Records;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Conversion;

/// <summary>Says why a record was left out and what to do about it.</summary>
internal static class Rejection
{
    public static RejectedRecord Of(
        TextRecord record,
        string issue,
        string reason,
        string? column = null,
        byte[]? key = null
    ) =>
        new(issue, reason)
        {
            Ordinal = record.Ordinal,
            Line = record.Line,
            Column = column,
            Key = key,
            Raw = RawText.Of(record.Raw),
        };

    public static RejectedRecord Ragged(TextRecord record, int expected) =>
        Of(
            record,
            "ragged_row",
            $"The record has {Fields(record.Count)}, the header has {expected}. "
                + "Quote fields that hold a delimiter, and fill up missing ones."
        );

    public static RejectedRecord Faulty(TextRecord record, byte[]? key)
    {
        var (issue, reason) = record.Fault switch
        {
            RecordFault.BadEncoding => (
                "bad_encoding",
                "The record has bytes that are no text in the file's encoding. Save it as UTF-8, or set 'encoding'."
            ),
            RecordFault.NulByte => (
                "invalid_format",
                "The record has a NUL byte, which is no text. Remove it, or set 'encoding'."
            ),
            RecordFault.TextAfterQuote => (
                "invalid_format",
                "Text follows a closing quote. Double every quote inside a quoted field, and put nothing behind it."
            ),
            RecordFault.TooLarge => (
                "row_too_large",
                "The record is longer than a row may be. Check its quotes, or raise the limit."
            ),
            _ => (
                "unclosed_quote",
                $"The quote opened on line {record.FaultLine} is never closed, so all that follows is one record. "
                    + "Close it, or set 'quote'."
            ),
        };
        return Of(record, issue, reason, key: key);
    }

    public static RejectedRecord TooLarge(TextRecord record, byte[]? key) =>
        Of(
            record,
            "row_too_large",
            "The record is longer than a row may be. Raise the limit, or shorten it.",
            key: key
        );

    public static RejectedRecord Invalid(
        TextRecord record,
        PlannedColumn column,
        FieldConverter converter,
        Field field,
        string text,
        byte[]? key
    )
    {
        var name = column.SourceName;
        var reason =
            field.Form == FieldForm.Error ? $"'{name}' holds the error {text} in place of a value. Correct the formula."
            : column.Declared
                ? $"'{name}' holds no {converter.Expected}. Correct it, or declare its notation with 'format'."
            : $"'{name}' holds no {converter.Expected} in plain notation. Correct it, or declare its type.";
        return Of(record, "invalid_format", reason, column.TargetName, key);
    }

    private static string Fields(int count) => count == 1 ? "1 field" : $"{count} fields";
}
