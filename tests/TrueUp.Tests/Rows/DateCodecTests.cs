using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using TrueUp.Rows;

namespace TrueUp.Tests.Rows;

public sealed class DateCodecTests
{
    /// <summary>The first and last day a PostgreSQL server knows: 4714-11-24 BC and 5874897-12-31.</summary>
    private const int First = -2_451_545,
        Last = 2_145_031_948;

    // Millions of days are tried, so these are used again.
    private readonly TypeCodec _codec = TypeCodec.For(LogicalType.Date);
    private readonly ArrayBufferWriter<byte> _written = new();

    [Fact]
    public void Every_day_of_the_years_1_to_9999_is_the_day_dotnet_says()
    {
        int epoch = new DateOnly(2000, 1, 1).DayNumber;
        for (int day = DateOnly.MinValue.DayNumber; day <= DateOnly.MaxValue.DayNumber; day++)
        {
            string text = DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (Display(day - epoch) != text || Days(text) != day - epoch)
            {
                Assert.Fail($"{text} is not day {day - epoch}");
            }
        }
    }

    [Fact]
    public void Every_day_before_Christ_follows_the_day_before_it_and_comes_back()
    {
        string last = "";
        for (int day = First; day <= Days("0001-01-02"); day++)
        {
            string text = Display(day);
            if (Days(text) != day || (day > First && text != Following(last)))
            {
                Assert.Fail($"{text} follows {last}");
            }

            last = text;
        }

        Display(First).ShouldBe("4714-11-24 BC");
        Display(Days("0001-01-01") - 1).ShouldBe("0001-12-31 BC");
    }

    [Fact]
    public void Any_day_of_a_server_comes_back() =>
        Values.ForAll(
            Values.Between(First, Last),
            day =>
            {
                byte[] send = Send((int)day);
                Values.ShouldComeBack(LogicalType.Date, send);
                Values.Canonical(LogicalType.Date, send).ShouldBe(Convert.ToHexStringLower(send));
            }
        );

    [Theory]
    [InlineData("2000-01-01", 0)]
    [InlineData("1970-01-01", -10_957)]
    [InlineData("5874897-12-31", Last)]
    [InlineData("4714-11-24 BC", First)]
    [InlineData("infinity", int.MaxValue)]
    [InlineData("-infinity", int.MinValue)]
    public void Days_count_from_the_year_2000(string text, int days)
    {
        Days(text).ShouldBe(days);
        Display(days).ShouldBe(text);
    }

    [Theory]
    [InlineData("2024-02-29")]
    [InlineData("2000-02-29")]
    [InlineData("0001-02-29 BC")]
    [InlineData("0005-02-29 BC")]
    public void A_leap_year_has_a_29th_of_February(string text) =>
        Values.Parse(LogicalType.Date, text).ShouldNotBeNull();

    [Theory]
    [InlineData("2023-02-29")]
    [InlineData("1900-02-29")]
    [InlineData("0004-02-29 BC")]
    [InlineData("2023-02-30")]
    [InlineData("2023-04-31")]
    [InlineData("2023-00-01")]
    [InlineData("2023-13-01")]
    [InlineData("2023-01-00")]
    [InlineData("2023-01-32")]
    [InlineData("0000-01-01")]
    [InlineData("5874898-01-01")]
    [InlineData("9999999-12-31")]
    [InlineData("4714-11-23 BC")]
    [InlineData("99999-01-01 BC")]
    public void A_day_that_is_not_in_the_calendar_is_refused(string text) =>
        Values.ShouldBeRefused(LogicalType.Date, text);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" 2023-01-01")]
    [InlineData("2023-01-01 ")]
    [InlineData("2023-01-01\0")]
    [InlineData("2023-01-1\0")]
    [InlineData("2023-1-1")]
    [InlineData("23-01-01")]
    [InlineData("2023/01/01")]
    [InlineData("20230101")]
    [InlineData("01.02.2023")]
    [InlineData("01/02/2023")]
    [InlineData("-2023-01-01")]
    [InlineData("+2023-01-01")]
    [InlineData("2023-01-01 00:00:00")]
    [InlineData("2023-01-01BC")]
    [InlineData("2023-01-01 bc")]
    [InlineData("2023-01-01 BC BC")]
    [InlineData(" BC")]
    [InlineData("today")]
    [InlineData("inf")]
    public void A_text_that_is_no_ISO_date_is_refused(string text) => Values.ShouldBeRefused(LogicalType.Date, text);

    private static byte[] Send(int days)
    {
        byte[] send = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(send, days);
        return send;
    }

    private string Display(int days)
    {
        _written.ResetWrittenCount();
        Span<byte> send = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(send, days);
        _codec.Format(send, _written);
        return Encoding.UTF8.GetString(_written.WrittenSpan);
    }

    private int Days(string text)
    {
        _written.ResetWrittenCount();
        Span<byte> bytes = stackalloc byte[32];
        _codec.TryParse(bytes[..Encoding.UTF8.GetBytes(text, bytes)], _written).ShouldBeTrue();
        return BinaryPrimitives.ReadInt32BigEndian(_written.WrittenSpan);
    }

    // The beginning of the text of the next day, by the rules of the calendar alone.
    private static string Following(string text)
    {
        bool before = text.EndsWith(" BC");
        int year = int.Parse(text[..4]),
            month = int.Parse(text.AsSpan(5, 2)),
            day = int.Parse(text.AsSpan(8, 2));
        int astronomical = before ? 1 - year : year;
        bool leap = astronomical % 4 == 0 && (astronomical % 100 != 0 || astronomical % 400 == 0);
        int[] months = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        if (day < months[month - 1])
        {
            return $"{text[..8]}{day + 1:D2}{(before ? " BC" : "")}";
        }

        if (month < 12)
        {
            return $"{text[..5]}{month + 1:D2}-01{(before ? " BC" : "")}";
        }

        astronomical++;
        return astronomical > 0 ? $"{astronomical:D4}-01-01" : $"{1 - astronomical:D4}-01-01 BC";
    }
}
