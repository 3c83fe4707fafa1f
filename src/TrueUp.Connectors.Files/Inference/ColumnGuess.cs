using System.Buffers;
using TrueUp.Rows;

namespace TrueUp.Connectors.Files.Inference;

/// <summary>
/// Finds the type of a column of texts. A type is kept only while the display text of every value is the text it was
/// read from, so that inference never damages a value; in every other case the column is text.
/// </summary>
internal sealed class ColumnGuess
{
    private static readonly LogicalType[] Temporal = [LogicalType.Date, LogicalType.Timestamp, LogicalType.TimestampTz];
    private static readonly TypeCodec[] Codecs = [.. Temporal.Select(TypeCodec.For)];

    private readonly ArrayBufferWriter<byte> _send = new(16);
    private readonly ArrayBufferWriter<byte> _text = new(40);
    private LogicalKind? _kind;

    /// <summary>The type of all texts seen; text when there were none.</summary>
    public LogicalType Type =>
        _kind switch
        {
            LogicalKind.Bool => LogicalType.Bool,
            LogicalKind.Int64 => LogicalType.Int64,
            LogicalKind.Decimal => LogicalType.Decimal,
            LogicalKind.Date => LogicalType.Date,
            LogicalKind.Timestamp => LogicalType.Timestamp,
            LogicalKind.TimestampTz => LogicalType.TimestampTz,
            _ => LogicalType.Text,
        };

    /// <summary>Whether no further text can change the type.</summary>
    public bool IsSettled => _kind == LogicalKind.Text;

    /// <summary>Takes a text that is not null into account.</summary>
    public void See(ReadOnlySpan<byte> text)
    {
        _kind = _kind switch
        {
            LogicalKind.Text => LogicalKind.Text,
            null => First(text),
            LogicalKind.Int64 when PlainNumber.IsInteger(text) => LogicalKind.Int64,
            LogicalKind.Int64 or LogicalKind.Decimal => PlainNumber.IsDecimal(text)
                ? LogicalKind.Decimal
                : LogicalKind.Text,
            LogicalKind.Bool => IsBool(text) ? LogicalKind.Bool : LogicalKind.Text,
            { } kind => IsTemporal(kind, text) ? kind : LogicalKind.Text,
        };
    }

    private LogicalKind First(ReadOnlySpan<byte> text)
    {
        if (PlainNumber.IsInteger(text))
        {
            return LogicalKind.Int64;
        }
        if (PlainNumber.IsDecimal(text))
        {
            return LogicalKind.Decimal;
        }
        if (IsBool(text))
        {
            return LogicalKind.Bool;
        }
        foreach (var type in Temporal)
        {
            if (IsTemporal(type.Kind, text))
            {
                return type.Kind;
            }
        }
        return LogicalKind.Text;
    }

    private static bool IsBool(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8);

    // Years of four digits only: "infinity" and dates before Christ are values too, but hardly what a file means.
    private bool IsTemporal(LogicalKind kind, ReadOnlySpan<byte> text)
    {
        if (text.Length < 10 || text.Length > 40 || text[4] != '-' || text[7] != '-' || text[^1] == 'C')
        {
            return false;
        }
        var codec = Codecs[
            kind switch
            {
                LogicalKind.Date => 0,
                LogicalKind.Timestamp => 1,
                _ => 2,
            }
        ];
        _send.ResetWrittenCount();
        _text.ResetWrittenCount();
        if (!codec.TryParse(text, _send))
        {
            return false;
        }
        codec.Format(_send.WrittenSpan, _text);
        return _text.WrittenSpan.SequenceEqual(text);
    }
}
