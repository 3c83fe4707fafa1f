namespace TrueUp.Connectors.Sqlite.Schemas;

/// <summary>The class in which the values of a carrier are stored in a column.</summary>
internal enum Storage
{
    /// <summary>The column does not give the values back as they were.</summary>
    None,
    Integer,
    Real,
    Text,
    Blob,
}
