using TrueUp.Sides;

namespace TrueUp.Connectors.Sqlite.Writing;

/// <summary>Records that SQLite would take and change.</summary>
internal static class Unfit
{
    /// <summary>A value the column cannot hold, such as a NaN, which SQLite stores as null.</summary>
    public static SideException Value(SqliteSide side, PlannedColumn column) =>
        new(
            ErrorType.Validation,
            $"The column '{column.TargetName}' of {side.Name} cannot hold the record's value exactly.",
            "SQLite has no NaN and no value over 1 GB. Correct the record, or declare the column as text."
        )
        {
            Code = "value_does_not_fit",
            IsRecordFault = true,
        };

    /// <summary>A key that is null.</summary>
    public static SideException Key(SqliteSide side, PlannedColumn column) =>
        new(
            ErrorType.Validation,
            $"The record has no value for the key column '{column.TargetName}' of {side.Name}.",
            "Give the record a key."
        )
        {
            Code = "constraint_violation",
            IsRecordFault = true,
        };
}
