using System.Globalization;
using System.Text.RegularExpressions;

namespace TrueUp.Bench.Verifier;

/// <summary>All kinds of damage that are seeded.</summary>
internal static partial class Corruptions
{
    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    public static IReadOnlyList<Corruption> All { get; } =
    [
        .. RowKinds.All,
        // Texts
        new ValueCorruption("a changed letter", "name", v => v![..^1] + (v[^1] == '7' ? '8' : '7')),
        new ValueCorruption("another case", "name", v => v!.ToUpperInvariant()),
        new ValueCorruption("a trailing space", "name", v => v + " "),
        new ValueCorruption("a leading space", "name", v => " " + v),
        new ValueCorruption("a text cut off", "name", v => v![..^1]),
        new ValueCorruption(
            "another Unicode normalisation form",
            "name",
            v => v!.Replace("é", "e\u0301", StringComparison.Ordinal)
        ),
        new ValueCorruption("a letter that looks alike", "name", v => v!.Replace('a', 'а')),
        new ValueCorruption("an invisible character", "name", v => v!.Insert(1, "\u200B")),
        new ValueCorruption("another line end", "name", v => v!.Replace("\n", "\r\n", StringComparison.Ordinal)),
        new ValueCorruption("a lost leading zero", "code", v => v!.TrimStart('0')),
        // Null
        new ValueCorruption("null to empty", "note", v => v ?? ""),
        new ValueCorruption("empty to null", "note", v => v is "" ? null : v),
        new ValueCorruption("null to the text null", "note", v => v ?? "null"),
        new ValueCorruption("a value to null", "big", _ => null),
        new ValueCorruption("null to zero", "big", v => v ?? "0"),
        // Numbers
        new ValueCorruption("1 to 4294967296", "big", v => v is "1" ? "4294967296" : v),
        new ValueCorruption("4294967296 to 1", "big", v => v is "4294967296" ? "1" : v),
        new ValueCorruption("an integer off by one", "big", v => Integer(v, n => n + 1)),
        new ValueCorruption("an integer's highest bit", "big", v => Integer(v, n => n ^ long.MinValue)),
        new ValueCorruption("a number's sign", "first", v => Integer(v, n => -n)),
        new ValueCorruption("rounding in the last digit", "amount", v => Decimal(v, d => Math.Round(d, 3))),
        new ValueCorruption("the last digit of a decimal", "amount", v => Decimal(v, d => d + 0.0001m)),
        new ValueCorruption("a shifted decimal point", "amount", v => Decimal(v, d => d * 10)),
        new ValueCorruption("the last bit of a float", "ratio", v => Float(v, Math.BitIncrement)),
        new ValueCorruption("a float's sign", "ratio", v => Float(v, f => f == 0 ? f : -f)),
        new ValueCorruption("a float through single precision", "ratio", v => Float(v, f => (float)f)),
        new ValueCorruption("a float to infinity", "ratio", _ => "Infinity"),
        new ValueCorruption("a float to NaN", "ratio", _ => "NaN") { NeedsNaN = true },
        new ValueCorruption(
            "a flipped flag",
            "flag",
            v =>
                v switch
                {
                    "true" => "false",
                    "false" => "true",
                    "1" => "0",
                    _ => "1",
                }
        ),
        // Time
        new ValueCorruption("a day off", "day", v => Digits(v!, 8, 2, d => d + 1)),
        new ValueCorruption("another century", "day", v => "19" + v![2..]),
        new ValueCorruption("day and month exchanged", "day", ExchangeDayAndMonth),
        new ValueCorruption("a second off", "at", v => Digits(v!, 6, 2, s => s == 0 ? 1 : s - 1)),
        new ValueCorruption("a microsecond off", "stamp", v => Digits(v!, 25, 1, d => d == 1 ? 2 : d - 1)),
        new ValueCorruption("microseconds lost", "stamp", v => v![..23] + "000"),
        new ValueCorruption("a shift of time zone", "moment", v => Digits(v!, 11, 2, h => h + 1)),
        new ValueCorruption("a day to 24 hours", "span", v => v is "1 day" or "P1D" ? "PT24H" : v),
        // Bytes and the rest
        new ValueCorruption("a changed byte", "data", v => v![..^1] + (v[^1] == '0' ? '1' : '0')),
        new ValueCorruption("bytes in another order", "data", ReverseBytes),
        new ValueCorruption("a byte lost at the end", "data", v => v![..^2]),
        new ValueCorruption("a digit of a UUID", "uid", v => v![..^1] + (v[^1] == '0' ? '1' : '0')),
        new ValueCorruption("a value in JSON", "doc", v => Number().Replace(v!, m => m.Value + "1", 1)),
        new ValueCorruption("a JSON number to a text", "doc", v => Number().Replace(v!, m => $"\"{m.Value}\"", 1)),
        new ValueCorruption("a key in JSON", "doc", v => v!.Replace("\"k\"", "\"K\"", StringComparison.Ordinal)),
        new ValueCorruption(
            "array elements in another order",
            "tags",
            v => $"{{{string.Join(',', v!.Trim('{', '}').Split(',').Reverse())}}}"
        ),
        new ValueCorruption(
            "a lost array element",
            "tags",
            v => $"{{{string.Join(',', v!.Trim('{', '}').Split(',').Skip(1))}}}"
        ),
    ];

    private static string? Integer(string? value, Func<long, long> change) =>
        value is null ? null : change(long.Parse(value, Invariant)).ToString(Invariant);

    private static string? Decimal(string? value, Func<decimal, decimal> change) =>
        change(decimal.Parse(value!, Invariant)) is var changed && changed == decimal.Parse(value!, Invariant)
            ? value
            : changed.ToString("0.0000", Invariant);

    private static string? Float(string? value, Func<double, double> change) =>
        change(double.Parse(value!, Invariant)) is var changed && changed.Equals(double.Parse(value!, Invariant))
            ? value
            : changed.ToString("R", Invariant);

    private static string Digits(string value, int at, int count, Func<int, int> change) =>
        value[..at]
        + change(int.Parse(value.AsSpan(at, count), Invariant)).ToString(new string('0', count), Invariant)
        + value[(at + count)..];

    private static string? ExchangeDayAndMonth(string? value) =>
        int.Parse(value.AsSpan(8, 2), Invariant) <= 12 ? $"{value![..5]}{value[8..10]}-{value[5..7]}" : value;

    private static string? ReverseBytes(string? value)
    {
        var bytes = Convert.FromHexString(value.AsSpan(2));
        Array.Reverse(bytes);
        return "\\x" + Convert.ToHexStringLower(bytes);
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
