using System.Globalization;

namespace TrueUp.Rows;

/// <summary>
/// The type of a column as TrueUp sees it: a kind and, for some kinds, its parameters.
/// Arrays, enums, composites and every other database type travel as <see cref="LogicalKind.Raw"/> with the
/// <see cref="Native"/> name of the type they come from.
/// </summary>
/// <param name="Kind">Which kind of value.</param>
/// <param name="Precision">Decimal only: the number of significant digits, or null for any.</param>
/// <param name="Scale">Decimal only: the digits after the point, or null for any.</param>
/// <param name="Native">Raw and Json: the database's own type name, for example <c>public.mood</c>, <c>int4[]</c>,
/// <c>jsonb</c>.</param>
public sealed record LogicalType(LogicalKind Kind, int? Precision = null, int? Scale = null, string? Native = null)
{
    public static readonly LogicalType Bool = new(LogicalKind.Bool);
    public static readonly LogicalType Int16 = new(LogicalKind.Int16);
    public static readonly LogicalType Int32 = new(LogicalKind.Int32);
    public static readonly LogicalType Int64 = new(LogicalKind.Int64);
    public static readonly LogicalType Float32 = new(LogicalKind.Float32);
    public static readonly LogicalType Float64 = new(LogicalKind.Float64);
    public static readonly LogicalType Decimal = new(LogicalKind.Decimal);
    public static readonly LogicalType Text = new(LogicalKind.Text);
    public static readonly LogicalType Bytes = new(LogicalKind.Bytes);
    public static readonly LogicalType Date = new(LogicalKind.Date);
    public static readonly LogicalType Time = new(LogicalKind.Time);
    public static readonly LogicalType Timestamp = new(LogicalKind.Timestamp);
    public static readonly LogicalType TimestampTz = new(LogicalKind.TimestampTz);
    public static readonly LogicalType Interval = new(LogicalKind.Interval);
    public static readonly LogicalType Uuid = new(LogicalKind.Uuid);
    public static readonly LogicalType Json = new(LogicalKind.Json);

    /// <summary>A database type kept as its own text.</summary>
    public static LogicalType Raw(string native) => new(LogicalKind.Raw, Native: native);

    /// <summary>A decimal with at most <paramref name="precision"/> digits, <paramref name="scale"/> of them after the
    /// point.</summary>
    public static LogicalType DecimalOf(int precision, int scale) => new(LogicalKind.Decimal, precision, scale);

    /// <summary>
    /// Reads a type as pipeline files spell it: <c>text</c>, <c>int32</c>, <c>decimal(12,2)</c>, <c>timestamptz</c>,
    /// and the common SQL names for the same things (<c>integer</c>, <c>bigint</c>, <c>numeric(12,2)</c>,
    /// <c>varchar</c>).
    /// </summary>
    /// <returns>False when the text names no type.</returns>
    public static bool TryParse(string text, out LogicalType type)
    {
        ArgumentNullException.ThrowIfNull(text);
        var name = text.Trim().ToLowerInvariant();
        int? precision = null,
            scale = null;
        var open = name.IndexOf('(', StringComparison.Ordinal);
        if (open > 0 && name.EndsWith(')'))
        {
            var numbers = name[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
            name = name[..open].TrimEnd();
            if (
                name is not ("decimal" or "numeric")
                || numbers.Length > 2
                || !TryNumber(numbers[0], 1, out precision)
                || (numbers.Length == 2 && !TryNumber(numbers[1], 0, out scale))
            )
            {
                type = Text;
                return false;
            }
            scale ??= 0;
        }
        var named = name switch
        {
            "bool" or "boolean" => Bool,
            "int16" or "smallint" or "int2" => Int16,
            "int32" or "int" or "integer" or "int4" => Int32,
            "int64" or "bigint" or "int8" or "long" => Int64,
            "float32" or "real" or "float4" => Float32,
            "float64" or "double" or "double precision" or "float8" or "float" => Float64,
            "decimal" or "numeric" => new LogicalType(LogicalKind.Decimal, precision, scale),
            "text" or "string" or "varchar" => Text,
            "bytes" or "bytea" or "blob" => Bytes,
            "date" => Date,
            "time" => Time,
            "timestamp" or "datetime" => Timestamp,
            "timestamptz" => TimestampTz,
            "interval" => Interval,
            "uuid" => Uuid,
            "json" => Json,
            _ => null,
        };
        type = named ?? Text;
        return named is not null;
    }

    /// <summary>The spelling that <see cref="TryParse"/> reads back (Raw excepted, which shows its native
    /// name).</summary>
    public override string ToString() =>
        Kind switch
        {
            LogicalKind.Decimal when Precision is not null => string.Create(
                CultureInfo.InvariantCulture,
                $"decimal({Precision},{Scale ?? 0})"
            ),
            LogicalKind.Raw => Native ?? "raw",
            _ => Kind.ToString().ToLowerInvariant(),
        };

    private static bool TryNumber(string text, int least, out int? number)
    {
        // The parser of .NET overlooks NULs at the end.
        var ok =
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && !text.EndsWith('\0')
            && value >= least
            && value <= 1000;
        number = ok ? value : null;
        return ok;
    }
}
