using TrueUp.Digests;
using TrueUp.Runs;

namespace TrueUp.Tests.Runs;

public sealed class DigestPaceTests
{
    private static readonly KeyRange[] Ranges =
    [
        .. Enumerable.Range(0, 40).Select(i => new KeyRange([0, 0, 0, (byte)i], [0, 0, 0, (byte)(i + 1)])),
    ];

    [Fact]
    public async Task Slices_are_about_a_second_long_and_pauses_leave_the_share_that_was_asked_for()
    {
        JumpingClock clock = new();
        List<int> sizes = [];
        TimeSpan busy = default,
            end = default;
        await foreach (var slice in new DigestPace(25, clock).Slices(Ranges, CancellationToken.None))
        {
            sizes.Add(slice.Count);
            var took = TimeSpan.FromMilliseconds(200 * slice.Count);
            clock.Now += took;
            busy += took;
            // The last slice has no pause behind it; with one, the share is exact.
            end = clock.Now + (3 * took);
        }
        sizes.Sum().ShouldBe(Ranges.Length);
        sizes[..4].ShouldBe([1, 2, 4, 5]);
        sizes.Skip(3).SkipLast(1).ShouldAllBe(size => size == 5);
        (busy / end).ShouldBeInRange(0.249, 0.251);
    }

    [Fact]
    public async Task Every_range_comes_once_and_in_order()
    {
        List<KeyRange> seen = [];
        await foreach (var slice in new DigestPace(50, new JumpingClock()).Slices(Ranges, CancellationToken.None))
        {
            seen.AddRange(slice);
        }
        seen.ShouldBe(Ranges);
    }

    /// <summary>A clock on which every delay is over at once, and counts.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Now += dueTime;
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
