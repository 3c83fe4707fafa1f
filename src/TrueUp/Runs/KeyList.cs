namespace TrueUp.Runs;

/// <summary>A list that shows at most <see cref="ShownMax"/> entries and counts all.</summary>
/// <typeparam name="T">What is listed.</typeparam>
public sealed class KeyList<T>
{
    /// <summary>Entries shown.</summary>
    public const int ShownMax = 1000;

    private readonly List<T> _shown = [];

    /// <summary>The first entries.</summary>
    public IReadOnlyList<T> Shown => _shown;

    /// <summary>How many there are in all.</summary>
    public long Total { get; private set; }

    /// <summary>Whether another entry would still be shown.</summary>
    public bool HasRoom => _shown.Count < ShownMax;

    /// <summary>Adds an entry; only counts it when the list is full.</summary>
    public void Add(T entry)
    {
        Total++;
        if (HasRoom)
        {
            _shown.Add(entry);
        }
    }

    /// <summary>Counts entries that are not shown.</summary>
    public void Count(long entries) => Total += entries;

    /// <summary>Adds another list to this one.</summary>
    public void AddAll(KeyList<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Total += other.Total;
        _shown.AddRange(other._shown.Take(ShownMax - _shown.Count));
    }
}
