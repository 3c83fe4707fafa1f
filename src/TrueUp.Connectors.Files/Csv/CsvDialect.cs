namespace TrueUp.Connectors.Files.Csv;

/// <summary>How fields and records are told apart.</summary>
/// <param name="Delimiter">Between fields; ASCII.</param>
/// <param name="Quote">Around fields that hold a delimiter, quote or line end; null when no character has that
/// meaning.</param>
/// <param name="Trim">Whether blanks around fields are dropped.</param>
internal sealed record CsvDialect(byte Delimiter, byte? Quote, bool Trim)
{
    /// <summary>Whether a byte is dropped around fields when they are trimmed; the delimiter never is.</summary>
    public bool IsBlank(byte value) => value is ((byte)' ' or (byte)'\t') && value != Delimiter;
}
