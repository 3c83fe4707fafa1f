using System.Net;
using FsCheck.Fluent;
using TrueUp.Server.Security;
using TrueUp.Server.Tests.Testing;

namespace TrueUp.Server.Tests.Security;

/// <summary>Whoever guesses is slowed down, and nobody else.</summary>
public sealed class LockOutTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Four_failures_lock_nobody_out()
    {
        var lockOut = new LockOut(_clock);
        Fail(lockOut, 4);
        lockOut.Remaining("ada").ShouldBeNull();
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(8, 8)]
    [InlineData(14, 512)]
    [InlineData(15, 900)]
    [InlineData(100, 900)]
    public void Each_failure_from_the_fifth_on_locks_for_twice_as_long(int failures, int seconds)
    {
        var lockOut = new LockOut(_clock);
        Fail(lockOut, failures);
        lockOut.Remaining("ada").ShouldBe(TimeSpan.FromSeconds(seconds));
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        lockOut.Remaining("ada").ShouldBeNull();
    }

    [Fact]
    public void A_success_clears_the_record()
    {
        var lockOut = new LockOut(_clock);
        Fail(lockOut, 7);
        lockOut.Succeeded("ada");
        Fail(lockOut, 4);
        lockOut.Remaining("ada").ShouldBeNull();
    }

    [Fact]
    public void An_hour_without_a_failure_clears_the_record()
    {
        var lockOut = new LockOut(_clock);
        Fail(lockOut, 7);
        _clock.Advance(TimeSpan.FromHours(1));
        Fail(lockOut, 4);
        lockOut.Remaining("ada").ShouldBeNull();
    }

    [Fact]
    public void Many_tries_at_the_same_time_are_no_more_tries()
    {
        var lockOut = new LockOut(_clock);
        var admitted = 0;
        Parallel.For(
            0,
            100,
            _ =>
            {
                if (lockOut.Enter("ada") is null)
                {
                    Interlocked.Increment(ref admitted);
                }
            }
        );
        admitted.ShouldBe(LockOut.FreeFailures);
    }

    [Fact]
    public void It_remembers_a_limited_number_and_forgets_the_oldest_failure_first() =>
        Gen.Choose(0, 20)
            .Select(who => $"name {who}")
            .ListOf()
            .Resize(60)
            .Then(names =>
            {
                var lockOut = new LockOut(_clock, entriesMax: 7);
                foreach (var name in names)
                {
                    lockOut.Failed(name);
                }
                lockOut.Count.ShouldBe(Math.Min(7, names.Distinct().Count()));
                foreach (var name in Enumerable.Reverse(names).Distinct().Take(7))
                {
                    lockOut.Succeeded(name);
                }
                lockOut.Count.ShouldBe(0);
            });

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("::1", "::1")]
    public void Who_has_a_whole_network_is_one_address(string address, string expected) =>
        LockOut.AddressOf(IPAddress.Parse(address)).ShouldBe(expected);

    private static void Fail(LockOut lockOut, int times)
    {
        for (var i = 0; i < times; i++)
        {
            lockOut.Failed("ada");
        }
    }
}
