namespace TrueUp.Samples.Sellers;

/// <summary>A row that is wrong on purpose.</summary>
/// <param name="Kind">In which way.</param>
/// <param name="Row">The data row, from 1.</param>
/// <param name="Number">The seller number as the row has it; null when it has none.</param>
internal sealed record Mistake(MistakeKind Kind, int Row, string? Number)
{
    /// <summary>The integrity issue that a run must report for it.</summary>
    public string Issue =>
        Kind switch
        {
            MistakeKind.MissingName or MistakeKind.MissingInquiryDate => "missing_required_field",
            MistakeKind.WrongNumber or MistakeKind.UnreadableDate => "invalid_format",
            MistakeKind.DuplicateNumber => "duplicate_key",
            MistakeKind.MissingNumber => "missing_key",
            MistakeKind.MissingProperty => "missing_property",
            _ => "ragged_row",
        };

    /// <summary>Whether the record cannot be synchronised; otherwise it is, and the issue is only reported.</summary>
    public bool IsDeadLetter => Kind != MistakeKind.MissingProperty;

    /// <summary>Whether only the CSV file has it.</summary>
    public bool InCsvOnly => Kind == MistakeKind.RaggedRow;
}
