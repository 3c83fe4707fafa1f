namespace TrueUp.Connectors.Sqlite.Schemas;

/// <summary>
/// What a column does to a value that is stored in it (https://sqlite.org/datatype3.html, section 3).
/// </summary>
internal enum Affinity
{
    /// <summary>Leaves every value as it is.</summary>
    Blob,

    /// <summary>Turns numbers into text.</summary>
    Text,

    /// <summary>Turns text that is a number into one, and a real that is whole into an integer.</summary>
    Numeric,

    /// <summary>Like numeric.</summary>
    Integer,

    /// <summary>Like numeric, and integers into reals.</summary>
    Real,
}
