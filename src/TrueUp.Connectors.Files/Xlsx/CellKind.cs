namespace TrueUp.Connectors.Files.Xlsx;

/// <summary>The kinds of values a column's cells have; several kinds in one column add up.</summary>
[Flags]
internal enum CellKind
{
    None = 0,
    Text = 1,
    Integer = 2,
    Float = 4,
    Bool = 8,
    Date = 16,
    Timestamp = 32,
    Time = 64,
    Elapsed = 128,
    Error = 256,
}
