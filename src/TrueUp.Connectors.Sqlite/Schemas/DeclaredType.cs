using System.Globalization;
using TrueUp.Connectors.Sqlite.Cells;
using TrueUp.Rows;

namespace TrueUp.Connectors.Sqlite.Schemas;

/// <summary>
/// The type a column is declared with. SQLite takes any words and derives only an affinity from them, so the words can
/// say what
/// SQLite has no type for: <c>TIMESTAMPTZ_TEXT</c> is text to SQLite and an instant to us. The names we create:
/// BOOLEAN (0, 1), INT2, INT4, INTEGER, FLOAT4, REAL, TEXT, BLOB, and for values kept as their display text
/// DECIMAL_TEXT(p,s),
/// DATE_TEXT, TIME_TEXT, TIMESTAMP_TEXT, TIMESTAMPTZ_TEXT, INTERVAL_TEXT, UUID_TEXT, JSON_TEXT. INT and FLOAT are left
/// alone:
/// elsewhere they stand for 64 bits as often as for 32.
/// </summary>
internal sealed class DeclaredType
{
    /// <param name="name">As declared; empty when nothing is.</param>
    public DeclaredType(string name)
    {
        Name = name;
        var upper = name.ToUpperInvariant();
        Affinity = AffinityOf(upper);
        Logical = LogicalOf(upper, Affinity);
    }

    /// <summary>As declared; empty when nothing is.</summary>
    public string Name { get; }

    public Affinity Affinity { get; }

    /// <summary>What the words promise; raw where they promise nothing we can hold.</summary>
    public LogicalType Logical { get; }

    /// <summary>How a new column for a carrier is declared.</summary>
    public static string NameFor(LogicalType carrier) =>
        carrier.Kind switch
        {
            LogicalKind.Bool => "BOOLEAN",
            LogicalKind.Int16 => "INT2",
            LogicalKind.Int32 => "INT4",
            LogicalKind.Int64 => "INTEGER",
            LogicalKind.Float32 => "FLOAT4",
            LogicalKind.Float64 => "REAL",
            LogicalKind.Decimal when carrier.Precision is { } precision => string.Create(
                CultureInfo.InvariantCulture,
                $"DECIMAL_TEXT({precision},{carrier.Scale ?? 0})"
            ),
            LogicalKind.Text => "TEXT",
            LogicalKind.Bytes => "BLOB",
            // INTERVAL_TEXT has INT in it and so gets integer affinity, which does nothing to a text that is not a
            // number.
            _ => carrier.Kind.ToString().ToUpperInvariant() + "_TEXT",
        };

    /// <summary>
    /// The class in which a column of this declaration keeps a carrier's values exactly; <see cref="Storage.None"/>
    /// where the
    /// affinity would change some of them.
    /// </summary>
    public Storage StorageOf(LogicalType carrier)
    {
        // An integer column may be the table's rowid, which takes nothing else.
        var integersOnly =
            Affinity == Affinity.Integer && Logical.Kind is LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64;
        return carrier.Kind switch
        {
            LogicalKind.Bool or LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64 => Affinity
                is Affinity.Text
                    or Affinity.Real
                ? Storage.None
                : Storage.Integer,
            LogicalKind.Raw => Storage.None,
            _ when integersOnly => Storage.None,
            LogicalKind.Float32 or LogicalKind.Float64 => Affinity == Affinity.Text ? Storage.None : Storage.Real,
            LogicalKind.Decimal when Affinity is Affinity.Text or Affinity.Blob => Storage.Text,
            LogicalKind.Decimal => carrier.Precision <= NumberCell.DigitsMax ? Storage.Real : Storage.None,
            LogicalKind.Bytes => Storage.Blob,
            LogicalKind.Text => Affinity is Affinity.Text or Affinity.Blob ? Storage.Text : Storage.None,
            LogicalKind.Json => Affinity is Affinity.Real or Affinity.Integer ? Storage.None : Storage.Text,
            // Texts of the remaining kinds are never numbers, so no affinity touches them.
            _ => Storage.Text,
        };
    }

    private static Affinity AffinityOf(string upper)
    {
        bool Has(string word) => upper.Contains(word, StringComparison.Ordinal);
        return Has("INT") ? Affinity.Integer
            : Has("CHAR") || Has("CLOB") || Has("TEXT") ? Affinity.Text
            : upper.Length == 0 || Has("BLOB") ? Affinity.Blob
            : Has("REAL") || Has("FLOA") || Has("DOUB") ? Affinity.Real
            : Affinity.Numeric;
    }

    private static LogicalType LogicalOf(string upper, Affinity affinity)
    {
        var open = upper.IndexOf('(', StringComparison.Ordinal);
        var word = (open < 0 ? upper : upper[..open]).Trim();
        return word switch
        {
            "BOOLEAN" or "BOOL" => LogicalType.Bool,
            "INT2" => LogicalType.Int16,
            "INT4" => LogicalType.Int32,
            "FLOAT4" => LogicalType.Float32,
            "DECIMAL_TEXT" or "DECIMAL" or "NUMERIC" => DecimalOf(upper, open, affinity),
            "DATE" or "DATE_TEXT" => LogicalType.Date,
            "TIME" or "TIME_TEXT" => LogicalType.Time,
            "TIMESTAMP" or "DATETIME" or "TIMESTAMP_TEXT" => LogicalType.Timestamp,
            "TIMESTAMPTZ" or "TIMESTAMPTZ_TEXT" => LogicalType.TimestampTz,
            "INTERVAL_TEXT" => LogicalType.Interval,
            "UUID" or "UUID_TEXT" => LogicalType.Uuid,
            "JSON" or "JSON_TEXT" => LogicalType.Json,
            _ => affinity switch
            {
                Affinity.Integer => LogicalType.Int64,
                Affinity.Real => LogicalType.Float64,
                Affinity.Text => LogicalType.Text,
                Affinity.Blob => upper.Length == 0 ? LogicalType.Text : LogicalType.Bytes,
                _ => LogicalType.Raw(upper),
            },
        };
    }

    private static LogicalType DecimalOf(string upper, int open, Affinity affinity) =>
        open > 0 && LogicalType.TryParse("decimal" + upper[open..], out var type) ? type
        : affinity == Affinity.Text ? LogicalType.Decimal
        : LogicalType.Raw(upper);
}
