namespace TrueUp.Samples.Sellers;

/// <summary>What people do to sheets.</summary>
internal enum MistakeKind
{
    /// <summary>The name is empty or blank.</summary>
    MissingName,

    /// <summary>The inquiry date is empty.</summary>
    MissingInquiryDate,

    /// <summary>The seller number is not <c>AA</c> and digits.</summary>
    WrongNumber,

    /// <summary>The inquiry date is a text that is no date.</summary>
    UnreadableDate,

    /// <summary>Two different rows have one seller number.</summary>
    DuplicateNumber,

    /// <summary>The seller number is empty.</summary>
    MissingNumber,

    /// <summary>The seller is said to have a property and has none.</summary>
    MissingProperty,

    /// <summary>A record of the CSV file has too many or too few fields; the workbook's row is right.</summary>
    RaggedRow,
}
