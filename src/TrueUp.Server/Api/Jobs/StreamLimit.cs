namespace TrueUp.Server.Api.Jobs;

/// <summary>How many streams are open: each looks into the control database twice a second.</summary>
internal sealed class StreamLimit
{
    /// <summary>Streams at most.</summary>
    public const int Max = 100;

    private int _open;

    /// <summary>How many are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Opens one, if there is room.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= Max)
        {
            return true;
        }
        Interlocked.Decrement(ref _open);
        return false;
    }

    /// <summary>Closes one.</summary>
    public void Leave() => Interlocked.Decrement(ref _open);
}
