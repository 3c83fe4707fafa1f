using System.Text;
using TrueUp.Rows;

namespace TrueUp.Proofs.Rules;

/// <summary>
/// <c>when: column</c>: holds when a boolean column is true, a number is not zero, and any other column has a value
/// that is not
/// blank and does not say no.
/// </summary>
internal sealed class RowCondition(string column, RowSchema schema)
{
    private readonly int _ordinal = schema.OrdinalOf(column);
    private readonly LogicalKind _kind = schema.Columns[schema.OrdinalOf(column)].Type.Kind;

    public bool Holds(ReadOnlySpan<byte> row)
    {
        if (!FieldReader.At(row, _ordinal, out var send))
        {
            return false;
        }
        return _kind switch
        {
            LogicalKind.Bool or LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64 => send.ContainsAnyExcept(
                (byte)0
            ),
            LogicalKind.Text => SaysYes(Encoding.UTF8.GetString(send).Trim()),
            _ => true,
        };
    }

    private static bool SaysYes(string text) =>
        text.Length > 0
        && !text.Equals("false", StringComparison.OrdinalIgnoreCase)
        && !text.Equals("no", StringComparison.OrdinalIgnoreCase)
        && text is not ("0" or "f" or "F" or "n" or "N");
}
