using System.Text;
using TrueUp.Digests;

namespace TrueUp.Tests.Digests;

public sealed class TextHashTests
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz";

    [Theory] // From a server: select hashtextextended('…' collate "C", seed).
    [InlineData("", 0, -6939563903564495251)]
    [InlineData("", 1, -150071773020461347)]
    [InlineData("", -1, -5142811166230430645)]
    [InlineData("é", 0, -763932721387459829)]
    [InlineData("é", long.MaxValue, 2880504920942888634)]
    [InlineData("é", long.MinValue, 7851298893455610903)]
    [InlineData("é", 4294967296, 7561860214841332206)]
    [InlineData("日本語", 0, 2870829529307104068)]
    [InlineData("日本語", long.MaxValue, -327004348585597459)]
    [InlineData("日本語", long.MinValue, -4797521267890341802)]
    [InlineData("日本語", 4294967296, -5252049594854489902)]
    [InlineData("👩‍🚀", 0, 596590093112920397)]
    [InlineData("👩‍🚀", long.MaxValue, -897471825485607849)]
    [InlineData("👩‍🚀", long.MinValue, -3131921519144409716)]
    [InlineData("👩‍🚀", 4294967296, 2367272984596124395)]
    public void A_text_has_the_hash_of_the_server(string text, long seed, long hash) =>
        TextHash.Compute(Encoding.UTF8.GetBytes(text), seed).ShouldBe(hash);

    [Theory]
    [InlineData(1, 3591986179850072241, 3325245193489759299, 8688456822845412000)]
    [InlineData(3, -6747756470228489321, 2125675926272891485, 1911237551546830967)]
    [InlineData(4, -1038429303365892052, -9042268383291675265, -8506387423880103258)]
    [InlineData(7, -6158032784613548338, 8893296306369806751, 6620770052711690062)]
    [InlineData(8, -8882191227074733005, -996835456672934620, 3589487173844465705)]
    [InlineData(11, 3112909444737856467, 8196382510784792041, 2833918571160852060)]
    [InlineData(12, -7556637188122330412, -6429754808531195817, -3669402583748189229)]
    [InlineData(13, 8871624171452417744, 3808842878744369845, 6205390682044465928)]
    [InlineData(23, -1198571854151947912, 5175166317898960337, 8540048242465105909)]
    [InlineData(24, -1933194731779935345, -731882798451170301, -1203456767747787834)]
    [InlineData(25, 5649064133428767341, 5694819572527276190, -5957734741082924352)]
    public void A_text_of_any_length_has_the_hash_of_the_server(int length, long zero, long one, long minusOne)
    {
        byte[] text = Encoding.UTF8.GetBytes(Alphabet[..length]);
        TextHash.Compute(text, 0).ShouldBe(zero);
        TextHash.Compute(text, 1).ShouldBe(one);
        TextHash.Compute(text, -1).ShouldBe(minusOne);
    }

    [Fact]
    public void The_bytes_behind_a_text_do_not_matter()
    {
        byte[] buffer = Encoding.UTF8.GetBytes($"{Alphabet}{Alphabet}");
        for (int length = 0; length <= 40; length++)
        {
            long inside = TextHash.Compute(buffer.AsSpan(3, length), 7);
            TextHash.Compute(buffer.AsSpan(3, length).ToArray(), 7).ShouldBe(inside);
        }
    }

    [Fact]
    public void Zeros_at_the_end_of_a_text_count() =>
        Enumerable.Range(0, 40).Select(length => TextHash.Compute(new byte[length], 0)).Distinct().Count().ShouldBe(40);

    [Fact]
    public void A_change_of_one_bit_changes_about_half_of_the_hash()
    {
        byte[] text = Encoding.UTF8.GetBytes(Alphabet);
        long hash = TextHash.Compute(text, 99);
        List<int> flipped = [];
        for (int bit = 0; bit < text.Length * 8; bit++)
        {
            text[bit / 8] ^= (byte)(1 << (bit % 8));
            flipped.Add(System.Numerics.BitOperations.PopCount((ulong)(hash ^ TextHash.Compute(text, 99))));
            text[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        flipped.ShouldAllBe(bits => bits > 12 && bits < 52);
        flipped.Average().ShouldBeInRange(30, 34);
    }
}
