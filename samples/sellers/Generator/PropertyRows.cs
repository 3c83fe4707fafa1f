using System.Globalization;

namespace TrueUp.Samples.Sellers;

/// <summary>Invents the properties of sellers who have one: one, sometimes two.</summary>
internal static class PropertyRows
{
    private const int FirstNumber = 500_001;

    private static readonly string[] AddressEnds = ["", "", "", "a", ", 2nd floor", " (\"Haus am See\")"];

    /// <summary>All rows, each an array of cells in the order of <see cref="Columns.Properties"/>.</summary>
    /// <param name="dice">The source of chance.</param>
    /// <param name="sellers">Sellers without a mistake.</param>
    public static List<object?[]> Create(Dice dice, IReadOnlyList<object?[]> sellers)
    {
        var rows = new List<object?[]>();
        foreach (var seller in sellers.Where(s => s[Columns.HasProperty] is true))
        {
            for (var left = dice.Percent(10) ? 2 : 1; left > 0; left--)
            {
                rows.Add(Create(dice, rows.Count, (string)seller[Columns.Number]!));
            }
        }
        return rows;
    }

    private static object?[] Create(Dice dice, int row, string seller) =>
        [
            string.Create(CultureInfo.InvariantCulture, $"P-{FirstNumber + row}"),
            seller,
            $"{dice.Pick(Words.Streets)} {dice.Between(1, 199)}{dice.Pick(AddressEnds)}",
            SellerRows.PostalCode(dice),
            dice.Pick(Words.Cities),
            // Half rooms are counted where the market is German.
            new decimal(dice.Between(2, 18) * 5, 0, 0, isNegative: false, scale: 1),
            new decimal(dice.Between(18_00, 320_00), 0, 0, isNegative: false, scale: 2),
            SellerRows.Price(dice),
            dice.Percent(85) ? (decimal)dice.Between(1850, 2024) : null,
            dice.Percent(50),
        ];
}
