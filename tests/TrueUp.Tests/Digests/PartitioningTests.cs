using FsCheck.Fluent;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Testing.Memory;
using TrueUp.Tests.Rows;

namespace TrueUp.Tests.Digests;

public sealed class PartitioningTests
{
    private static readonly RowSchema Schema = new(
        [new Column("id", LogicalType.Int64), new Column("v", LogicalType.Text)],
        [0]
    );

    [Fact]
    public void Ranges_times_buckets_put_each_row_into_exactly_one_part()
    {
        RowHasher hasher = new(Schema);
        Values.ForAll(
            Gen.Zip(Cuts(), Gen.Zip(Gen.Choose(0, 6), Values.AnyLong().ListOf())),
            c =>
            {
                (long[] cuts, (int power, var ids)) = c;
                Partitioning partitioning = new(KeyRange.Cut([.. cuts.Select(Send)]), 1 << power);
                partitioning.Parts.ShouldBe((cuts.Length + 1) << power);
                foreach (long id in ids.Concat(cuts))
                {
                    byte[] tuple = Tuple(id);
                    int part = partitioning.PartOf(Schema, tuple, hasher);
                    (part >> power).ShouldBe(cuts.Count(cut => cut <= id));
                    (part & ((1 << power) - 1)).ShouldBe((int)(hasher.HashKey(tuple) & ((1 << power) - 1)));
                }
            },
            cases: 500
        );
    }

    [Fact]
    public void The_digests_of_the_parts_add_up_to_the_digest_of_the_whole()
    {
        RowHasher hasher = new(Schema);
        Values.ForAll(
            Gen.Zip(Cuts(), Values.AnyLong().ListOf()),
            c =>
            {
                Partitioning partitioning = new(KeyRange.Cut([.. c.Item1.Select(Send)]), 4);
                SetDigest[] parts = new SetDigest[partitioning.Parts];
                SetDigest whole = default;
                foreach (long id in c.Item2)
                {
                    long hash = hasher.HashRow(Tuple(id), 3);
                    whole = whole.Add(hash);
                    int part = partitioning.PartOf(Schema, Tuple(id), hasher);
                    parts[part] = parts[part].Add(hash);
                }

                parts.Aggregate((left, right) => left + right).ShouldBe(whole);
            },
            cases: 500
        );
    }

    [Fact]
    public void A_row_between_ranges_or_without_a_key_is_in_no_part()
    {
        RowHasher hasher = new(Schema);
        Partitioning gaps = new([new KeyRange(Send(0), Send(10)), new KeyRange(Send(20), Send(30))], 2);
        int[] parts = [.. new long[] { -1, 10, 19, 30 }.Select(id => gaps.PartOf(Schema, Tuple(id), hasher))];
        parts.ShouldAllBe(part => part == -1);
        gaps.PartOf(Schema, Tuple(0), hasher).ShouldBeInRange(0, 1);
        gaps.PartOf(Schema, Tuple(29), hasher).ShouldBeInRange(2, 3);
        gaps.PartOf(Schema, Texts.Tuple(Schema, [null, "x"]), hasher).ShouldBe(-1);
        Partitioning.Whole.PartOf(Schema, Texts.Tuple(Schema, [null, "x"]), hasher).ShouldBe(0);
        Partitioning.ByBuckets(8).PartOf(Schema, Texts.Tuple(Schema, [null, "x"]), hasher).ShouldBeInRange(0, 7);
    }

    [Fact]
    public void Buckets_are_of_about_equal_size()
    {
        RowHasher hasher = new(Schema);
        int[] sizes = new int[64];
        for (long id = 0; id < 64_000; id++)
        {
            sizes[Partitioning.ByBuckets(64).PartOf(Schema, Tuple(id), hasher)]++;
        }

        sizes.ShouldAllBe(size => size > 800 && size < 1200);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(1 << 17)]
    public void Buckets_are_a_power_of_two_within_limits(int buckets) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Partitioning.ByBuckets(buckets));

    [Fact]
    public void There_is_at_least_one_range() => Should.Throw<ArgumentException>(() => new Partitioning([], 1));

    [Fact]
    public void More_parts_than_can_be_counted_are_refused() =>
        Should.Throw<ArgumentException>(() => new Partitioning([.. Enumerable.Repeat(KeyRange.All, 40_000)], 65_536));

    [Fact]
    public void Integers_order_like_their_values() =>
        Values.ForAll(
            Values.AnyLong().Two(),
            pair =>
            {
                (long left, long right) = pair;
                foreach (
                    LogicalKind kind in new[] { LogicalKind.Int64, LogicalKind.Timestamp, LogicalKind.TimestampTz }
                )
                {
                    Order(kind, Send(left), Send(right)).ShouldBe(left.CompareTo(right));
                }

                foreach (LogicalKind kind in new[] { LogicalKind.Int32, LogicalKind.Date })
                {
                    Order(kind, Send(left)[4..], Send(right)[4..]).ShouldBe(((int)left).CompareTo((int)right));
                }

                Order(LogicalKind.Int16, Send(left)[6..], Send(right)[6..])
                    .ShouldBe(Math.Sign(((short)left).CompareTo((short)right)));
            },
            cases: 5000
        );

    [Fact]
    public void Dates_and_timestamps_order_by_time_the_infinities_at_the_ends()
    {
        string[] dates =
        [
            "-infinity",
            "4714-11-24 BC",
            "0001-12-31 BC",
            "0001-01-01",
            "1999-12-31",
            "2000-01-01",
            "infinity",
        ];
        Ascending(LogicalType.Date, dates);
        Ascending(LogicalType.Timestamp, [.. dates.Select(d => d.EndsWith('y') ? d : $"{d[..10]} 00:00:00{d[10..]}")]);
    }

    [Fact]
    public void Uuids_order_by_bytes() =>
        Ascending(
            LogicalType.Uuid,
            "00000000-0000-0000-0000-000000000000",
            "00000000-0000-0000-0000-000000000001",
            "7fffffff-0000-0000-0000-000000000000",
            "80000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff"
        );

    [Fact]
    public void Only_kinds_that_order_alike_everywhere_are_cut_into_ranges() =>
        Enum.GetValues<LogicalKind>()
            .Where(KeyRange.IsOrdered)
            .ShouldBe([
                LogicalKind.Int16,
                LogicalKind.Int32,
                LogicalKind.Int64,
                LogicalKind.Date,
                LogicalKind.Timestamp,
                LogicalKind.TimestampTz,
                LogicalKind.Uuid,
            ]);

    [Fact]
    public void Cutting_nowhere_leaves_everything_in_one_range()
    {
        KeyRange.Cut([]).ShouldBe([KeyRange.All]);
        PartSelection.Everything.IsEverything.ShouldBeTrue();
        new PartSelection(Partitioning.Whole, [0]).IsEverything.ShouldBeFalse();
    }

    private static void Ascending(LogicalType type, params string[] texts)
    {
        byte[][] sends = [.. texts.Select(t => Values.Send(type, t))];
        for (int i = 0; i < sends.Length; i++)
        {
            for (int j = 0; j < sends.Length; j++)
            {
                Order(type.Kind, sends[i], sends[j]).ShouldBe(i.CompareTo(j), $"{texts[i]} {texts[j]}");
            }
        }
    }

    private static FsCheck.Gen<long[]> Cuts() =>
        Values.AnyLong().ListOf().Select(cuts => cuts.Distinct().Order().Take(20).ToArray());

    private static int Order(LogicalKind kind, byte[] left, byte[] right) =>
        Math.Sign(KeyRange.Compare(kind, left, right));

    private static byte[] Send(long id) => Values.Send(LogicalType.Int64, $"{id}");

    private static byte[] Tuple(long id) => Texts.Tuple(Schema, [$"{id}", "x"]);
}
