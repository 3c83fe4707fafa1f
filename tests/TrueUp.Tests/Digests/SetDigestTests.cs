using FsCheck.Fluent;
using TrueUp.Digests;
using TrueUp.Tests.Rows;

namespace TrueUp.Tests.Digests;

public sealed class SetDigestTests
{
    [Fact]
    public void The_order_of_rows_does_not_matter() =>
        Values.ForAll(Values.AnyLong().ArrayOf(), hashes => Of(hashes).ShouldBe(Of(hashes.Reverse())));

    [Fact]
    public void Digests_of_disjoint_sets_add_up_in_any_grouping() =>
        Values.ForAll(
            Values.AnyLong().ArrayOf().Three(),
            sets =>
            {
                (long[] a, long[] b, long[] c) = sets;
                SetDigest whole = Of(a.Concat(b).Concat(c));
                (Of(a) + Of(b) + Of(c)).ShouldBe(whole);
                (Of(a) + (Of(b) + Of(c))).ShouldBe(whole);
                (Of(c) + Of(a) + Of(b)).ShouldBe(whole);
                (whole + default(SetDigest)).ShouldBe(whole);
            }
        );

    [Fact]
    public void The_sum_is_exact_beyond_64_bits()
    {
        SetDigest digest = default;
        for (int i = 0; i < 1000; i++)
        {
            digest = digest.Add(long.MaxValue);
        }

        digest.ShouldBe(new SetDigest(1000, (Int128)long.MaxValue * 1000));
        digest.ToString().ShouldBe("1000:9223372036854775807000");
    }

    [Fact]
    public void A_row_that_is_there_twice_does_not_cancel_out() => Of([5, 5]).ShouldNotBe(default(SetDigest));

    [Fact]
    public void A_digest_comes_back_through_its_text() =>
        Values.ForAll(
            Values.AnyLong().ArrayOf(),
            hashes =>
            {
                SetDigest.TryParse(Of(hashes).ToString(), out SetDigest digest).ShouldBeTrue();
                digest.ShouldBe(Of(hashes));
            }
        );

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("1")]
    [InlineData("1:")]
    [InlineData(":1")]
    [InlineData("-1:5")]
    [InlineData("1:5:6")]
    [InlineData("1: 5")]
    [InlineData(" 1:5")]
    [InlineData("1:5 ")]
    [InlineData("1:+5")]
    [InlineData("01:5")]
    [InlineData("1:-0")]
    [InlineData("1:5\0")]
    [InlineData("1:0x5")]
    [InlineData("9223372036854775808:0")]
    public void A_text_that_no_digest_writes_is_refused(string text) => SetDigest.TryParse(text, out _).ShouldBeFalse();

    private static SetDigest Of(IEnumerable<long> hashes) =>
        hashes.Aggregate(default(SetDigest), (digest, hash) => digest.Add(hash));
}
