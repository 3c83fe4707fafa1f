using System.Globalization;
using System.Text;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Proofs.SelfTests;

/// <summary>The canary's columns and rows, as display texts.</summary>
internal static class CanaryRows
{
    private const int Count = 200;

    private static readonly string[] Names = ["ana costa", "bjørn lund", "chen wei", "dorothea weiß", "josé núñez"];

    /// <summary>The columns; the first is the key.</summary>
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("id", LogicalType.Int64, Nullable: false),
        new("name", LogicalType.Text),
        new("note", LogicalType.Text),
        new("number", LogicalType.Int64),
        new("first", LogicalType.Int32),
        new("second", LogicalType.Int32),
        new("amount", new LogicalType(LogicalKind.Decimal, 18, 4)),
        new("ratio", LogicalType.Float64),
        new("flag", LogicalType.Bool),
        new("day", LogicalType.Date),
        new("stamp", LogicalType.Timestamp),
        new("data", LogicalType.Bytes),
    ];

    /// <summary>The rows, each with a text or null for every column.</summary>
    public static IReadOnlyList<string?[]> Make(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return [.. Enumerable.Range(1, Count).Select(id => Row(id, random))];
    }

    /// <summary>Where a column stands.</summary>
    public static int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (string.Equals(Columns[i].Name, column, StringComparison.Ordinal))
            {
                return i;
            }
        }
        throw new ArgumentException($"The canary has no column '{column}'.", nameof(column));
    }

    /// <summary>Appends a row in a plan's carriers.</summary>
    public static void Write(RowBatchBuilder builder, RowSchema schema, string?[] row, long ordinal)
    {
        builder.BeginRow(ordinal);
        for (var i = 0; i < schema.Columns.Count; i++)
        {
            if (row[IndexOf(schema.Columns[i].Name)] is not { } text)
            {
                builder.WriteNull();
                continue;
            }
            builder.BeginField();
            if (!schema.Codecs[i].TryParse(Encoding.UTF8.GetBytes(text), builder))
            {
                throw new InvalidOperationException($"'{text}' is no {schema.Columns[i].Type}.");
            }
            builder.EndField();
        }
        builder.EndRow();
    }

    private static string?[] Row(int id, Random random) =>
        [
            Text(id),
            $"{Names[id % Names.Length]} {random.Next(1, 1000)}",
            (id % 3) switch
            {
                0 => null,
                1 => "",
                _ => $"note {id}",
            },
            (id % 4) switch
            {
                0 => "1",
                1 => null,
                _ => Text(random.NextInt64(1L << 40)),
            },
            Text(random.Next(1000)),
            Text(random.Next(1000, 2000)),
            (random.Next(10_000, 100_000_000) / 10_000m).ToString("0.0000", CultureInfo.InvariantCulture),
            (random.NextDouble() * 1000 + 1).ToString("R", CultureInfo.InvariantCulture),
            random.Next(2) == 0 ? "true" : "false",
            $"20{random.Next(10, 30)}-{random.Next(1, 13):00}-{random.Next(1, 28):00}",
            $"20{random.Next(10, 30)}-01-{random.Next(1, 28):00} 07:{random.Next(60):00}:01.00000{random.Next(1, 9)}",
            $"\\x{random.Next(1 << 24):x8}01",
        ];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
