using TrueUp.Connectors.Files.Content;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Xlsx;

/// <summary>What can be wrong with a workbook as a whole.</summary>
internal static class WorkbookErrors
{
    public static SideException NotAWorkbook(string path) =>
        FileErrors.Of(
            ErrorType.Validation,
            "not_a_workbook",
            $"'{path}' is no .xlsx workbook.",
            "Save it as .xlsx (Excel workbook), or use type: csv for a text file."
        );

    public static SideException OldOrEncrypted(string path) =>
        FileErrors.Of(
            ErrorType.Validation,
            "workbook_encrypted",
            $"'{path}' is protected by a password, or an .xls file of the old kind.",
            "Save it as .xlsx without a password."
        );

    public static SideException Damaged(string path, string part, Exception? inner = null) =>
        FileErrors.Of(
            ErrorType.Validation,
            "workbook_damaged",
            $"'{path}' is damaged: {part} cannot be read.",
            "Open it in a spreadsheet program, let it be repaired, and save it again; or copy the file once more.",
            inner
        );

    public static SideException TooLarge(string path, string part) =>
        FileErrors.Of(
            ErrorType.Validation,
            "workbook_too_large",
            $"'{path}' unpacks to more than is read: {part}.",
            "Check where the file comes from. Split a workbook of that size, or export the sheet as CSV."
        );

    public static SideException NoSheet(string path, string wanted, IReadOnlyList<string> sheets) =>
        FileErrors.Of(
            ErrorType.Validation,
            "sheet_missing",
            $"'{path}' has no sheet '{wanted}'.",
            $"Its sheets are: {string.Join(", ", sheets.Take(50).Select(s => $"'{s}'"))}. Correct 'sheet'."
        );
}
