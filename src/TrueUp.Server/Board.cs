namespace TrueUp.Server;

/// <summary>Something as it is now, and word of every change. Safe for use by several threads.</summary>
/// <typeparam name="T">What stands on it: immutable.</typeparam>
internal class Board<T>(T first)
    where T : class
{
    private readonly Lock _gate = new();
    private readonly List<Action<T>> _listeners = [];
    private volatile T _current = first;

    /// <summary>What is now.</summary>
    public T Current => _current;

    /// <summary>Puts something else in force, and tells everybody, one change after the other.</summary>
    public void Set(T next)
    {
        lock (_gate)
        {
            _current = next;
            foreach (var listener in _listeners)
            {
                listener(next);
            }
        }
    }

    /// <summary>Calls back after each change from now on; the listener must be quick and throw nothing.</summary>
    public void Subscribe(Action<T> listener)
    {
        lock (_gate)
        {
            _listeners.Add(listener);
        }
    }
}
