using System.Buffers.Binary;
using TrueUp.Connectors.Postgres.Catalog;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Writing;

/// <summary>
/// Finds values that a column would take and silently change: text padded or cut to its length, times rounded to its
/// precision. They are their record's fault, as a value is that the server refuses.
/// </summary>
internal sealed class FitCheck
{
    private readonly List<(int Ordinal, PgColumn Column)> _checked = [];

    /// <param name="columns">The target's columns in tuple order; those that are not written are null.</param>
    public FitCheck(IEnumerable<PgColumn?> columns)
    {
        foreach (var (ordinal, column) in columns.Index())
        {
            if (
                column
                is { BaseType: "bpchar" or "name" }
                    or { BaseType: "varchar" or "time" or "timestamp" or "timestamptz", Modifier: >= 0 }
            )
            {
                _checked.Add((ordinal, column));
            }
        }
    }

    /// <summary>Throws when a value of the batch would not come back as it is.</summary>
    /// <exception cref="SideException">A record fault.</exception>
    public void Check(RowBatch rows)
    {
        if (_checked.Count == 0)
        {
            return;
        }

        for (var i = 0; i < rows.Count; i++)
        {
            foreach (var (ordinal, column) in _checked)
            {
                if (FieldReader.At(rows.Row(i), ordinal, out var value) && !Fits(column, value))
                {
                    throw new SideException(
                        ErrorType.Validation,
                        $"A value does not fit column {column.Name} and would be changed by it.",
                        "Correct the record at its source, or widen the column of the target."
                    )
                    {
                        Code = "value_does_not_fit",
                        IsRecordFault = true,
                    };
                }
            }
        }
    }

    private static bool Fits(PgColumn column, ReadOnlySpan<byte> value) =>
        column.BaseType switch
        {
            // Modifiers: a text's length plus four; a time's digits after the point.
            "bpchar" => (value.IsEmpty || value[^1] != ' ') && HasRoom(value, column.Modifier),
            "varchar" => HasRoom(value, column.Modifier),
            "name" => value.Length <= 63,
            _ => IsWhole(value, column.Modifier),
        };

    private static bool HasRoom(ReadOnlySpan<byte> value, int modifier) =>
        modifier < 0 || value.Length <= modifier - 4 || Characters(value) <= modifier - 4;

    private static int Characters(ReadOnlySpan<byte> value)
    {
        var count = 0;
        foreach (var unit in value)
        {
            count += (unit & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    private static bool IsWhole(ReadOnlySpan<byte> value, int digits)
    {
        var microseconds = BinaryPrimitives.ReadInt64BigEndian(value);
        if (microseconds is long.MaxValue or long.MinValue)
        {
            return true;
        }

        for (; digits < 6; digits++)
        {
            if (microseconds % 10 != 0)
            {
                return false;
            }

            microseconds /= 10;
        }
        return true;
    }
}
