namespace TrueUp.Connectors.Files.Records;

/// <summary>Why a record as a whole cannot be read.</summary>
internal enum RecordFault : byte
{
    None,

    /// <summary>It has bytes that are no text in the file's encoding.</summary>
    BadEncoding,

    /// <summary>It has a NUL, which no text of a database holds.</summary>
    NulByte,

    /// <summary>Something other than a delimiter follows a closing quote.</summary>
    TextAfterQuote,

    /// <summary>It is longer than a row may be.</summary>
    TooLarge,

    /// <summary>A quote was opened and never closed; all that remains of the file is this record.</summary>
    UnclosedQuote,
}
