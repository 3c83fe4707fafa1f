namespace TrueUp.Proofs.Receipts;

/// <summary>Public keys one trusts, and those that one of them vouches for. Disposing it disposes only the
/// latter.</summary>
public sealed class KeyRing : IDisposable
{
    private readonly Dictionary<string, ReceiptKey> _keys = new(StringComparer.Ordinal);
    private readonly List<ReceiptKey> _vouched = [];

    /// <param name="trusted">Keys one trusts, by whatever way they came; they stay the caller's.</param>
    /// <param name="rotations">Rotations one has come across, in any order; whoever made them.</param>
    public KeyRing(IReadOnlyList<ReceiptKey> trusted, IEnumerable<KeyRotation> rotations)
    {
        ArgumentNullException.ThrowIfNull(trusted);
        ArgumentNullException.ThrowIfNull(rotations);
        foreach (var key in trusted)
        {
            _keys.TryAdd(key.Id, key);
        }
        var left = rotations.Where(r => !_keys.ContainsKey(r.To)).ToList();
        while (left.RemoveAll(TryAdd) > 0)
        {
            // Each round may have added the key that vouches for the next.
        }
    }

    /// <summary>A key by its id, or null.</summary>
    public ReceiptKey? Find(string id) => _keys.GetValueOrDefault(id);

    /// <inheritdoc />
    public void Dispose() => _vouched.ForEach(k => k.Dispose());

    private bool TryAdd(KeyRotation rotation)
    {
        if (!_keys.TryGetValue(rotation.From, out var old) || Vouched(rotation, old) is not { } key)
        {
            return false;
        }
        _vouched.Add(key);
        _keys.TryAdd(key.Id, key);
        return true;
    }

    private static ReceiptKey? Vouched(KeyRotation rotation, ReceiptKey old)
    {
        try
        {
            return rotation.NewKey(old);
        }
        catch (FormatException)
        {
            // What is no key vouches for nothing; the receipt that needs it is told to have an unknown key.
            return null;
        }
    }
}
