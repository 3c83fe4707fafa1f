using FsCheck;
using FsCheck.Fluent;
using TrueUp.Pipelines;

namespace TrueUp.Tests.Pipelines;

public sealed class DurationTests
{
    private static readonly Config Quick = Config.QuickThrowOnFailure.WithMaxTest(200);

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("1s", 1000)]
    [InlineData("15m", 900_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("0s", 0)]
    public void A_duration_is_a_number_and_a_unit(string text, long milliseconds)
    {
        Duration.TryParse(text, out var duration).ShouldBeTrue();
        duration.ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("15")]
    [InlineData("m")]
    [InlineData("-1s")]
    [InlineData("1.5s")]
    [InlineData("1 s")]
    [InlineData("1S")]
    [InlineData("1h30m")]
    [InlineData("٣s")]
    [InlineData("9999999999s")]
    [InlineData("999999999d")]
    public void Anything_else_is_no_duration(string text) => Duration.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void What_is_written_is_read_back() =>
        Prop.ForAll(
                Gen.Choose(0, 900_000_000).ToArbitrary(),
                milliseconds =>
                {
                    var duration = TimeSpan.FromMilliseconds(milliseconds);
                    return Duration.TryParse(Duration.Format(duration), out var back) && back == duration;
                }
            )
            .Check(Quick);

    [Fact]
    public void Any_text_is_read_or_refused_and_what_is_read_is_not_negative() =>
        Prop.ForAll<string>(text =>
                text is null || !Duration.TryParse(text, out var duration) || duration >= TimeSpan.Zero
            )
            .Check(Quick);

    [Fact]
    public void A_larger_unit_is_a_longer_duration() =>
        Prop.ForAll(
                Gen.Choose(1, 9_999_999).ToArbitrary(),
                number =>
                {
                    var durations = new[] { "ms", "s", "m", "h", "d" }
                        .Select(unit =>
                        {
                            Duration.TryParse($"{number}{unit}", out var duration).ShouldBeTrue();
                            return duration;
                        })
                        .ToList();
                    return durations.SequenceEqual(durations.Order()) && durations.Distinct().Count() == 5;
                }
            )
            .Check(Quick);

    [Theory]
    [InlineData("1B", 1)]
    [InlineData("512KB", 524_288)]
    [InlineData("32MB", 33_554_432)]
    [InlineData("1GB", 1_073_741_824)]
    public void A_size_is_a_number_and_a_unit(string text, long bytes)
    {
        ByteSize.TryParse(text, out var read).ShouldBeTrue();
        read.ShouldBe(bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("32")]
    [InlineData("32 MB")]
    [InlineData("32mb")]
    [InlineData("-1MB")]
    public void Anything_else_is_no_size(string text) => ByteSize.TryParse(text, out _).ShouldBeFalse();
}
