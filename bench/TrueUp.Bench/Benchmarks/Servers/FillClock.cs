namespace TrueUp.Bench.Benchmarks.Servers;

/// <summary>The time that is said, or the real one.</summary>
internal sealed class FillClock : TimeProvider
{
    public DateTimeOffset? Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now ?? base.GetUtcNow();
}
