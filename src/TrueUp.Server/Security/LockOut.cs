using System.Net;

namespace TrueUp.Server.Security;

/// <summary>
/// Slows down whoever guesses: after <see cref="FreeFailures"/> failures in a row each further one locks for twice as
/// long as the one before, from a second to a quarter of an hour. A success clears the record, as does an hour without
/// a failure. Safe for use by several threads.
/// </summary>
/// <param name="clock">The time.</param>
/// <param name="entriesMax">Whom it remembers at most; beyond that it forgets whose last failure is the oldest.</param>
internal sealed class LockOut(TimeProvider clock, int entriesMax = 10_000)
{
    /// <summary>Failures before the first lock.</summary>
    public const int FreeFailures = 5;

    private const int DoublingsMax = 10;

    private static readonly TimeSpan LockMax = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.Ordinal);

    // The oldest failure first. Times are those of the clock that cannot be set: nobody is locked out for a day because
    // the machine's was.
    private readonly LinkedList<Entry> _order = [];

    /// <summary>How many it remembers now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>For how long somebody is locked out; null when they are not.</summary>
    public TimeSpan? Remaining(string who)
    {
        lock (_gate)
        {
            return Remaining(Find(who));
        }
    }

    /// <summary>Notes a failure.</summary>
    public void Failed(string who)
    {
        lock (_gate)
        {
            Fail(who);
        }
    }

    /// <summary>
    /// Lets somebody try, counting it as a failure until <see cref="Succeeded"/> is called: those who try many at the
    /// same time do not get more tries. When they are locked out, it says for how long, and counts nothing.
    /// </summary>
    public TimeSpan? Enter(string who)
    {
        lock (_gate)
        {
            if (Remaining(Find(who)) is { } remaining)
            {
                return remaining;
            }
            Fail(who);
            return null;
        }
    }

    /// <summary>Clears the record of somebody.</summary>
    public void Succeeded(string who)
    {
        lock (_gate)
        {
            if (_entries.Remove(who, out var node))
            {
                _order.Remove(node);
            }
        }
    }

    /// <summary>Where somebody guesses from: an address, or the network of one who has a whole IPv6 network.</summary>
    public static string AddressOf(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }
        var bytes = address.GetAddressBytes();
        if (bytes.Length == 16 && !IPAddress.IsLoopback(address))
        {
            bytes.AsSpan(8).Clear();
            return $"{new IPAddress(bytes)}/64";
        }
        return address.ToString();
    }

    private void Fail(string who)
    {
        var failures = 1;
        if (Find(who) is { } node)
        {
            failures = node.Value.Failures + 1;
            _order.Remove(node);
        }
        else if (_entries.Count >= entriesMax)
        {
            _entries.Remove(_order.First!.Value.Who);
            _order.RemoveFirst();
        }
        _entries[who] = _order.AddLast(new Entry(who, failures, clock.GetTimestamp()));
    }

    private LinkedListNode<Entry>? Find(string who)
    {
        if (!_entries.TryGetValue(who, out var node))
        {
            return null;
        }
        if (clock.GetElapsedTime(node.Value.FailedAt) < Memory)
        {
            return node;
        }
        _entries.Remove(who);
        _order.Remove(node);
        return null;
    }

    private TimeSpan? Remaining(LinkedListNode<Entry>? node) =>
        node is { Value: var entry }
        && LockOf(entry.Failures) - clock.GetElapsedTime(entry.FailedAt) is var remaining
        && remaining > TimeSpan.Zero
            ? remaining
            : null;

    private static TimeSpan LockOf(int failures)
    {
        if (failures < FreeFailures)
        {
            return TimeSpan.Zero;
        }
        var time = TimeSpan.FromSeconds(1L << Math.Min(failures - FreeFailures, DoublingsMax));
        return time < LockMax ? time : LockMax;
    }

    private sealed record Entry(string Who, int Failures, long FailedAt);
}
