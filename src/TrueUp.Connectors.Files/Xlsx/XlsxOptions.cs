using TrueUp.Pipelines;
using TrueUp.Sides;

namespace TrueUp.Connectors.Files.Xlsx;

/// <summary>The options of an <c>xlsx</c> source as they were written.</summary>
/// <param name="Path">The workbook.</param>
/// <param name="Sheet">A sheet's name or its number from 1; null for the first.</param>
/// <param name="HeaderRow">The row that names the columns, from 1.</param>
internal sealed record XlsxOptions(string Path, string? Sheet, int HeaderRow)
{
    /// <summary>Rows and columns that a sheet can have.</summary>
    public const int RowsMax = 1_048_576,
        ColumnsMax = 16_384;

    /// <summary>What pipeline files may say.</summary>
    public static readonly IReadOnlyList<SideOption> All =
    [
        new("path", SideOptionKind.Path, "The workbook (.xlsx).") { Required = true, Example = "sellers.xlsx" },
        new("sheet", SideOptionKind.Text, "The sheet: its name, or its number from 1.")
        {
            Default = "the first",
            Example = "Sellers",
        },
        new("header_row", SideOptionKind.Number, "The row with the columns' names; rows above it are left out.")
        {
            Default = "1",
        },
    ];

    /// <summary>Reads a side's options; what is wrong with them is added to the findings.</summary>
    public static XlsxOptions Parse(SideDefinition side, ICollection<Finding> findings)
    {
        var check = new OptionCheck(side, findings);
        return new XlsxOptions(check.Path(), side["sheet"], check.Number("header_row", 1, 1, RowsMax));
    }
}
