using System.Globalization;

namespace TrueUp.Samples.Sellers;

/// <summary>Everything a small estate agency has in its sheets.</summary>
/// <param name="Sellers">The sheet of sellers.</param>
/// <param name="Properties">The sheet of their properties.</param>
/// <param name="Mistakes">What is wrong with the sellers, by row; empty when all is well.</param>
internal sealed record Office(Sheet Sellers, Sheet Properties, IReadOnlyList<Mistake> Mistakes)
{
    /// <summary>Invents it.</summary>
    /// <param name="seed">The same seed gives the same.</param>
    /// <param name="clean">Whether it is without mistakes; all other rows are the same as with them.</param>
    public static Office Create(ulong seed, bool clean)
    {
        var dice = new Dice(seed);
        var sellers = SellerRows.Create(dice);
        var properties = PropertyRows.Create(dice, sellers);
        IReadOnlyList<Mistake> mistakes = clean ? [] : new MistakeMaker(dice, sellers).MakeAll();
        return new Office(
            new Sheet("Sellers", Columns.Sellers, sellers),
            new Sheet("Properties", Columns.Properties, properties),
            mistakes
        );
    }

    /// <summary>One sentence about its size.</summary>
    public string Describe()
    {
        var (sellers, properties) = (Sellers.Rows.Count, Properties.Rows.Count);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{sellers:N0} sellers, {properties:N0} properties, {Mistakes.Count} rows with a mistake"
        );
    }
}
