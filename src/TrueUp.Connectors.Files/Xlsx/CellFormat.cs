namespace TrueUp.Connectors.Files.Xlsx;

/// <summary>What a number format makes of a number.</summary>
internal enum CellFormat : byte
{
    Number,
    Date,
    DateTime,
    Time,

    /// <summary>Hours, minutes or seconds that go on counting beyond a day.</summary>
    Elapsed,
}
