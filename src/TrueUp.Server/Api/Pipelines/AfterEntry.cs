using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using TrueUp.Server.Api.Conventions;
using TrueUp.Store.Queries;

namespace TrueUp.Server.Api.Pipelines;

/// <summary>Where a timeline goes on: after which entry.</summary>
/// <param name="Entry">Its time, kind and identifier.</param>
internal readonly record struct AfterEntry(TimelineEntry Entry) : IParsable<AfterEntry>, IQueryValue
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <inheritdoc />
    public static string Expected => After.Expected;

    /// <summary>As clients get it.</summary>
    public string Text =>
        Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{Entry.At.UtcTicks}|{Entry.Kind}|{Entry.Id}")
            )
        );

    /// <inheritdoc />
    public static AfterEntry Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var after) ? after : throw new FormatException($"Expected {Expected}.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AfterEntry result)
    {
        result = default;
        if (s is not { Length: > 0 and < QueryParameter.TextMax } || !Base64Url.IsValid(s))
        {
            return false;
        }
        var parts = Decode(s).Split('|');
        if (
            parts is not [var time, var kind, var id]
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            || ticks > DateTimeOffset.MaxValue.UtcTicks
            || TextRules.Complaint(kind + id, QueryParameter.TextMax) is not null
        )
        {
            return false;
        }
        result = new AfterEntry(
            new TimelineEntry(new DateTimeOffset(ticks, TimeSpan.Zero), kind, id, null, null, null, null)
        );
        return true;
    }

    private static string Decode(string text)
    {
        try
        {
            return Strict.GetString(Base64Url.DecodeFromChars(text));
        }
        catch (ArgumentException)
        {
            // Bytes that are no text: nobody's cursor.
            return "";
        }
    }
}
