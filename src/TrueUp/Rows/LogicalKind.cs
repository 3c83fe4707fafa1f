namespace TrueUp.Rows;

/// <summary>
/// The kinds of values TrueUp tells apart. Each has one send form (how it travels), one canonical text (how it is
/// digested) and one display text (how people and text-only stores see it); see <c>docs/digest.md</c>.
/// </summary>
public enum LogicalKind
{
    /// <summary>True or false. Send form: one byte, 0 or 1.</summary>
    Bool,

    /// <summary>16-bit signed integer. Send form: 2 bytes, big endian.</summary>
    Int16,

    /// <summary>32-bit signed integer. Send form: 4 bytes, big endian.</summary>
    Int32,

    /// <summary>64-bit signed integer. Send form: 8 bytes, big endian.</summary>
    Int64,

    /// <summary>IEEE 754 single. Send form: 4 bytes, big endian.</summary>
    Float32,

    /// <summary>IEEE 754 double. Send form: 8 bytes, big endian.</summary>
    Float64,

    /// <summary>Exact decimal number, optionally with precision and scale. Send form: PostgreSQL's
    /// numeric_send.</summary>
    Decimal,

    /// <summary>Text. Send form: UTF-8.</summary>
    Text,

    /// <summary>Bytes. Send form: themselves.</summary>
    Bytes,

    /// <summary>Calendar day. Send form: days since 2000-01-01, 4 bytes; the extremes are the infinities.</summary>
    Date,

    /// <summary>Time of day. Send form: microseconds since midnight, 8 bytes (0 to 86,400,000,000).</summary>
    Time,

    /// <summary>Local date and time. Send form: microseconds since 2000-01-01, 8 bytes; the extremes are the
    /// infinities.</summary>
    Timestamp,

    /// <summary>Instant. Send form: microseconds since 2000-01-01 UTC, 8 bytes; the extremes are the
    /// infinities.</summary>
    TimestampTz,

    /// <summary>Months, days and microseconds. Send form: microseconds (8 bytes), days (4), months (4).</summary>
    Interval,

    /// <summary>128-bit identifier. Send form: 16 bytes, big endian.</summary>
    Uuid,

    /// <summary>A JSON document kept as its own text. Send form: UTF-8.</summary>
    Json,

    /// <summary>Any other type of a database, kept as that database's text for it. Send form: UTF-8.</summary>
    Raw,
}
