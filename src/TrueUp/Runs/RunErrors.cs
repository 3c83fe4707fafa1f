using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>Turns what a store reported into what a run reports.</summary>
internal static class RunErrors
{
    // Something the user named that is not there is the pipeline's mistake; everything else a store reports is its
    // surroundings,
    // unless it is about the data.
    private static readonly HashSet<string> Configuration =
    [
        "file_missing",
        "sheet_missing",
        "table_missing",
        "column_missing",
        "database_missing",
        "bad_query",
        "key_missing",
        "header_invalid",
    ];

    private static readonly HashSet<string> Data =
    [
        "source_changed",
        "file_empty",
        "fenced",
        "target_key_unreadable",
        "bad_encoding",
    ];

    public static RunError From(SideException error) =>
        new(error.Code, error.Message, error.Suggestion, CauseOf(error), []) { MayPass = error.IsTransient };

    private static ErrorCause CauseOf(SideException error) =>
        Configuration.Contains(error.Code) ? ErrorCause.Configuration
        : error.Type == ErrorType.Validation || Data.Contains(error.Code) ? ErrorCause.Data
        : ErrorCause.Environment;
}
