namespace TrueUp.Runs;

/// <summary>
/// Keys that are set apart: rejected or refused records, which mirror must not delete and Prove must not count.
/// Bounded: beyond
/// <see cref="Max"/> it stops telling keys apart and says so, and deletes are suspended.
/// </summary>
internal sealed class KeySet
{
    /// <summary>Keys held.</summary>
    public const int Max = 1_000_000;

    private readonly KeyTable _keys = new();

    /// <summary>True when a record without a readable key, or one too many, was added: any key may be meant.</summary>
    public bool IsUnknown { get; private set; }

    public int Count => _keys.Count;

    public void Add(ReadOnlySpan<byte> key)
    {
        if (_keys.Count >= Max)
        {
            IsUnknown = true;
            return;
        }
        _keys.Add(key, 0, 0);
    }

    public void AddUnknown() => IsUnknown = true;

    public bool Has(ReadOnlySpan<byte> key) => _keys.IndexOf(key) >= 0;
}
