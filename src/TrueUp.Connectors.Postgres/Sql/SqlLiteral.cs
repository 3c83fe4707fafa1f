using System.Buffers;
using System.Text;
using TrueUp.Rows;

namespace TrueUp.Connectors.Postgres.Sql;

/// <summary>
/// Values inside SQL text, for COPY, which takes no parameters. Only bounds of ranges and numbers go this way;
/// everything else
/// is a parameter.
/// </summary>
internal static class SqlLiteral
{
    /// <summary>A text.</summary>
    public static string Of(string text) =>
        text.Contains('\\', StringComparison.Ordinal)
            ? $" E'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'"
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A value of a type, from its send form.</summary>
    public static string Of(LogicalType type, ReadOnlySpan<byte> send) =>
        $"{Of(Display(type, send))}::{CarrierSql.TypeOf(type)}";

    /// <summary>An array of values of a type, from their send forms.</summary>
    public static string ArrayOf(LogicalType type, IEnumerable<byte[]> values) =>
        $"ARRAY[{string.Join(",", values.Select(v => Of(Display(type, v))))}]::{CarrierSql.TypeOf(type)}[]";

    /// <summary>The display text of a send form.</summary>
    public static string Display(LogicalType type, ReadOnlySpan<byte> send)
    {
        var text = new ArrayBufferWriter<byte>();
        TypeCodec.For(type).Format(send, text);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
