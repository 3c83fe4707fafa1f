using DocumentFormat.OpenXml.Spreadsheet;

namespace TrueUp.Samples.Sellers;

/// <summary>How cells look. A date is a number that only its style tells from other numbers.</summary>
internal static class CellStyles
{
    public const uint General = 0;
    public const uint Date = 1;
    public const uint Amount = 2;

    private const uint BuiltInDate = 14;
    private const uint BuiltInAmount = 4;

    /// <summary>The least that a spreadsheet program accepts.</summary>
    public static Stylesheet Create() =>
        new(
            new Fonts(new Font()),
            new Fills(Fill(PatternValues.None), Fill(PatternValues.Gray125)),
            new Borders(new Border()),
            new CellStyleFormats(new CellFormat()),
            new CellFormats(
                new CellFormat(),
                new CellFormat { NumberFormatId = BuiltInDate, ApplyNumberFormat = true },
                new CellFormat { NumberFormatId = BuiltInAmount, ApplyNumberFormat = true }
            )
        );

    private static Fill Fill(PatternValues pattern) => new(new PatternFill { PatternType = pattern });
}
