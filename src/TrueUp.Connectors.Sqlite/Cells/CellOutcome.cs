namespace TrueUp.Connectors.Sqlite.Cells;

/// <summary>What became of reading one value.</summary>
internal enum CellOutcome
{
    /// <summary>Its send form was written.</summary>
    Written,

    /// <summary>It is no value of the carrier.</summary>
    NotAValue,

    /// <summary>It is longer than a row may be.</summary>
    TooLarge,
}
