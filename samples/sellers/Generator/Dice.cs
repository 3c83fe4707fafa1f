namespace TrueUp.Samples.Sellers;

/// <summary>
/// Random numbers that are the same for a seed on every machine and in every version: SplitMix64 (Steele, Lea, Flood
/// 2014). The framework's own generator promises that for one version only.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 to one less than the limit.</summary>
    public int Below(int limit) => (int)Math.BigMul(Next(), (ulong)limit, out _);

    /// <summary>A number between both, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>True in so many of a hundred cases.</summary>
    public bool Percent(int chance) => Below(100) < chance;

    /// <summary>One of the list.</summary>
    public T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    /// <summary>So many decimal digits, leading zeros included.</summary>
    public string Digits(int count) =>
        string.Create(
            count,
            this,
            static (span, dice) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = (char)('0' + dice.Below(10));
                }
            }
        );

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
