using System.Runtime.CompilerServices;
using TrueUp.Digests;

namespace TrueUp.Runs;

/// <summary>
/// Divides the work of digesting into slices of about a second, with pauses between them that leave the servers to
/// others.
/// </summary>
/// <param name="percent">The share of the time that may be spent digesting, 1 to 100.</param>
/// <param name="clock">The time.</param>
internal sealed class DigestPace(double percent, TimeProvider clock)
{
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1);

    private int _ranges = 1;

    /// <summary>True when nothing is to be spared.</summary>
    public bool IsFull => percent >= 100;

    /// <summary>
    /// The ranges, a few at a time. The receiver digests what it gets before it asks for more; how long that took says
    /// how
    /// long the pause is and how many ranges come next.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<KeyRange>> Slices(
        IReadOnlyList<KeyRange> ranges,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var at = 0; at < ranges.Count; )
        {
            var slice = ranges.Skip(at).Take(_ranges).ToList();
            at += slice.Count;
            var began = clock.GetTimestamp();
            yield return slice;
            var took = clock.GetElapsedTime(began);
            if (at < ranges.Count)
            {
                await Task.Delay(took * (100 / percent - 1), clock, cancellationToken);
                // At most twice as many: the first ranges of a table may be faster than the others.
                _ranges = Math.Max(
                    1,
                    took > TimeSpan.Zero ? (int)Math.Min(_ranges * 2, _ranges * (Slice / took)) : _ranges * 2
                );
            }
        }
    }
}
