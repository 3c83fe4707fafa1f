using System.Globalization;

namespace TrueUp.Samples.Sellers;

/// <summary>Invents sellers without a mistake.</summary>
internal static class SellerRows
{
    /// <summary>How many sellers there are.</summary>
    public const int Count = 5000;

    /// <summary>The number of the first; the others follow without a hole.</summary>
    public const int FirstNumber = 10000;

    private static readonly DateOnly FirstInquiry = new(2022, 1, 1);
    private const int InquiryDays = 1200;

    /// <summary>The number of the seller in a row, from 0.</summary>
    public static string NumberOf(int row) => string.Create(CultureInfo.InvariantCulture, $"AA{FirstNumber + row}");

    /// <summary>All rows, each an array of cells in the order of <see cref="Columns.Sellers"/>.</summary>
    public static List<object?[]> Create(Dice dice) => [.. Enumerable.Range(0, Count).Select(row => Create(dice, row))];

    private static object?[] Create(Dice dice, int row)
    {
        var (given, family) = (dice.Pick(Words.GivenNames), dice.Pick(Words.FamilyNames));
        var hasProperty = dice.Percent(70);
        return
        [
            NumberOf(row),
            $"{given} {family}",
            dice.Percent(90) ? $"seller{FirstNumber + row}@example.{dice.Pick(["com", "org", "net"])}" : null,
            $"0{dice.Between(1, 9)}{dice.Digits(8)}",
            PostalCode(dice),
            dice.Pick(Words.Cities),
            FirstInquiry.AddDays(dice.Below(InquiryDays)),
            hasProperty,
            hasProperty || dice.Percent(20) ? Price(dice) : null,
            dice.Percent(40) ? dice.Pick(Words.Notes) : null,
        ];
    }

    /// <summary>Five digits, with a leading zero more often than not: the ones a spreadsheet likes to drop.</summary>
    public static string PostalCode(Dice dice) => dice.Percent(60) ? $"0{dice.Digits(4)}" : dice.Digits(5);

    /// <summary>An amount in cents.</summary>
    public static decimal Price(Dice dice) =>
        new(dice.Between(40_000_00, 1_900_000_00), 0, 0, isNegative: false, scale: 2);
}
