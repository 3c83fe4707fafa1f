using FsCheck;
using FsCheck.Fluent;
using TrueUp.Store.Audit;
using TrueUp.Store.Tests.Testing;

namespace TrueUp.Store.Tests.Audit;

public sealed class RunIdsTests
{
    [Fact]
    public void Identifiers_sort_in_the_order_they_were_made_whatever_the_clock_does() => Prop
        .ForAll(Gen.Choose(-3, 3).ListOf().ToArbitrary(), steps =>
        {
            var clock = new TestClock();
            var ids = new RunIds(clock, bytes => bytes.Fill(0xFF));
            var made = steps.Select(step =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(step));
                return ids.Next();
            }).ToList();
            return made.SequenceEqual(made.Order(StringComparer.Ordinal)) && made.Distinct().Count() == made.Count
                && made.All(RunIds.IsValid);
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void An_identifier_is_26_characters_of_which_the_first_10_are_the_time()
    {
        var clock = new TestClock();
        var first = new RunIds(clock, bytes => bytes.Clear()).Next();
        var second = new RunIds(clock, bytes => bytes.Fill(7)).Next();

        first.Length.ShouldBe(26);
        // 2026-03-01T12:00:00Z is 1772366400000 ms.
        first.ShouldBe("01KJMMA2G00000000000000000");
        second[..10].ShouldBe(first[..10]);
        second.ShouldNotBe(first);
    }

    [Theory]
    [InlineData("")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FA")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAU")]
    [InlineData("01arz3ndektsv4rrffq69g5fav")]
    public void Other_texts_are_no_identifiers(string text) => RunIds.IsValid(text).ShouldBeFalse();
}
