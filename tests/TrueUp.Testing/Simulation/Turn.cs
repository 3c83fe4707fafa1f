namespace TrueUp.Testing.Simulation;

/// <summary>An operation of a side that waits for its turn.</summary>
internal sealed class Turn(SimulatedRun run, string operation, CancellationToken cancellationToken)
{
    // Continuations run within Go and Fail: when these return, the engine waits for turns again and nothing else runs.
    private readonly TaskCompletionSource _granted = new();

    public SimulatedRun Run => run;

    public string Operation => operation;

    /// <summary>The step before which it is held back.</summary>
    public long NotBefore { get; set; }

    public bool IsCancelled => cancellationToken.IsCancellationRequested;

    public Task Granted => _granted.Task;

    public void Go()
    {
        if (IsCancelled)
        {
            _granted.SetCanceled(cancellationToken);
        }
        else
        {
            _granted.SetResult();
        }
    }

    public void Fail(Exception error) => _granted.SetException(error);
}
