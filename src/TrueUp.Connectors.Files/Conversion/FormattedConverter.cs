using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using TrueUp.Connectors.Files.Records;
using TrueUp.Rows;

namespace TrueUp.Connectors.Files.Conversion;

/// <summary>Dates and times in a declared notation (.NET custom format, invariant culture). An instant without an
/// offset is UTC.</summary>
internal sealed class FormattedConverter(LogicalType carrier, string format) : FieldConverter
{
    private const int TextBytesMax = 128;

    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly CodecConverter _typed = new(carrier, isDeclared: true);

    public override string Expected => $"{carrier} in the notation {format}";

    public override bool TryWrite(ReadOnlySpan<byte> text, FieldForm form, RowBatchBuilder builder)
    {
        if (form == FieldForm.Typed)
        {
            return _typed.TryWrite(text, form, builder);
        }
        text = text.Trim(" \t"u8);
        if (text.Length > TextBytesMax)
        {
            return false;
        }
        Span<char> chars = stackalloc char[TextBytesMax];
        chars = chars[..Encoding.UTF8.GetChars(text, chars)];
        Span<byte> send = stackalloc byte[8];
        if (carrier.Kind == LogicalKind.Date)
        {
            if (!DateOnly.TryParseExact(chars, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                return false;
            }
            BinaryPrimitives.WriteInt32BigEndian(send, date.DayNumber - DateOnly.FromDateTime(Epoch).DayNumber);
            builder.WriteField(send[..4]);
            return true;
        }
        if (!TryTicks(chars, out var ticks) || ticks % TimeSpan.TicksPerMicrosecond != 0)
        {
            return false;
        }
        BinaryPrimitives.WriteInt64BigEndian(send, ticks / TimeSpan.TicksPerMicrosecond);
        builder.WriteField(send);
        return true;
    }

    private bool TryTicks(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        switch (carrier.Kind)
        {
            case LogicalKind.Time
                when TimeOnly.TryParseExact(
                    text,
                    format,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var time
                ):
                ticks = time.Ticks;
                return true;
            case LogicalKind.TimestampTz
                when DateTimeOffset.TryParseExact(
                    text,
                    format,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal,
                    out var instant
                ):
                ticks = instant.UtcTicks - Epoch.Ticks;
                return true;
            case LogicalKind.Timestamp
                when DateTime.TryParseExact(
                    text,
                    format,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var local
                ):
                ticks = local.Ticks - Epoch.Ticks;
                return true;
            default:
                return false;
        }
    }
}
