using System.Globalization;
using TrueUp.Sides;

namespace TrueUp.Proofs.SelfTests;

/// <summary>A kind of damage that the verifier must find.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Change">What it changes, in random places.</param>
internal sealed record CanaryDamage(
    string Name,
    Func<IReadOnlyList<string?[]>, Random, IReadOnlyList<CanaryChange>> Change
)
{
    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<CanaryDamage> All { get; } =
    [
        new("a lost row", (rows, random) => [Whole(ChangeKind.Delete, Pick(rows, random))]),
        new("an extra row", (rows, random) => [Whole(ChangeKind.Create, Copy(Pick(rows, random), random))]),
        new("values swapped between two rows", (rows, random) => Swap(rows, random)),
        new("columns swapped within a row", (rows, random) => SwapColumns(Pick(rows, random))),
        new("two changes that compensate each other", (rows, random) => Compensate(rows, random)),
        Value("a changed letter", "name", v => v![..^1] + (v[^1] == '7' ? '8' : '7')),
        Value("another case", "name", v => v!.ToUpperInvariant()),
        Value("a trailing space", "name", v => v + " "),
        Value("null to empty", "note", v => v ?? ""),
        Value("empty to null", "note", v => v is "" ? null : v),
        Value("1 to 4294967296", "number", v => v is "1" ? "4294967296" : v),
        Value("an integer off by one", "number", v => v is null ? v : Text(long.Parse(v, Invariant) + 1)),
        Value("the last digit of a decimal", "amount", v => Text(decimal.Parse(v!, Invariant) + 0.0001m)),
        Value("the last bit of a float", "ratio", v => Text(Math.BitIncrement(double.Parse(v!, Invariant)))),
        Value("a flipped flag", "flag", v => v is "true" ? "false" : "true"),
        Value("a day off", "day", v => $"{v![..8]}{int.Parse(v.AsSpan(8), Invariant) + 1:00}"),
        Value("a microsecond off", "stamp", v => v![..^1] + (v[^1] == '1' ? '2' : '1')),
        Value("a changed byte", "data", v => v![..^1] + "2"),
    ];

    private static CanaryDamage Value(string name, string column, Func<string?, string?> change) =>
        new(
            name,
            (rows, random) =>
            {
                var at = CanaryRows.IndexOf(column);
                var fitting = rows.Where(r => !string.Equals(change(r[at]), r[at], StringComparison.Ordinal)).ToList();
                var row = Pick(fitting, random);
                return [CanaryChange.Value(row, column, change(row[at]))];
            }
        );

    private static IReadOnlyList<CanaryChange> Swap(IReadOnlyList<string?[]> rows, Random random)
    {
        var at = CanaryRows.IndexOf("name");
        var one = Pick(rows, random);
        var other = Pick([.. rows.Where(r => !string.Equals(r[at], one[at], StringComparison.Ordinal))], random);
        return [CanaryChange.Value(one, "name", other[at]), CanaryChange.Value(other, "name", one[at])];
    }

    private static IReadOnlyList<CanaryChange> SwapColumns(string?[] row)
    {
        var (first, second) = (CanaryRows.IndexOf("first"), CanaryRows.IndexOf("second"));
        var after = (string?[])row.Clone();
        (after[first], after[second]) = (row[second], row[first]);
        return [new CanaryChange(ChangeKind.Update, row, after)];
    }

    private static IReadOnlyList<CanaryChange> Compensate(IReadOnlyList<string?[]> rows, Random random)
    {
        var one = Pick(rows, random);
        var other = Pick([.. rows.Where(r => !ReferenceEquals(r, one))], random);
        return [Add(one, 17), Add(other, -17)];
    }

    private static CanaryChange Add(string?[] row, int number) =>
        CanaryChange.Value(row, "first", Text(int.Parse(row[CanaryRows.IndexOf("first")]!, Invariant) + number));

    private static CanaryChange Whole(ChangeKind kind, string?[] row) => new(kind, row, row);

    private static string?[] Copy(string?[] row, Random random)
    {
        var copy = (string?[])row.Clone();
        copy[0] = Text(random.NextInt64(1_000_000, 2_000_000));
        return copy;
    }

    private static string?[] Pick(IReadOnlyList<string?[]> rows, Random random) => rows[random.Next(rows.Count)];

    private static string Text(long number) => number.ToString(Invariant);

    private static string Text(decimal number) => number.ToString("0.0000", Invariant);

    private static string Text(double number) => number.ToString("R", Invariant);
}
