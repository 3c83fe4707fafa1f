using System.Globalization;

namespace TrueUp.Pipelines;

/// <summary>How many are acceptable: a number, or a percentage of a total.</summary>
/// <param name="Value">The number or the percentage.</param>
/// <param name="IsPercent">Which of the two.</param>
public readonly record struct Allowance(double Value, bool IsPercent)
{
    /// <summary>None at all.</summary>
    public static readonly Allowance None = new(0, false);

    /// <summary>A percentage, 0 to 100.</summary>
    public static Allowance OfPercent(double value) => new(value, true);

    /// <summary>Whether so many of so many are acceptable.</summary>
    public bool Accepts(long count, long total) => count <= (IsPercent ? total * Value / 100 : Value);

    /// <summary>Reads <c>5</c> or <c>2.5%</c>.</summary>
    public static bool TryParse(string text, out Allowance allowance)
    {
        ArgumentNullException.ThrowIfNull(text);
        var percent = text.EndsWith('%');
        var ok =
            double.TryParse(
                percent ? text[..^1] : text,
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var value
            )
            && value >= 0
            && (!percent || value <= 100)
            && (percent || value == Math.Floor(value));
        allowance = new Allowance(value, percent);
        return ok;
    }

    /// <summary>As it is read.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Value}{(IsPercent ? "%" : "")}");
}
