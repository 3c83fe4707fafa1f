namespace TrueUp.Runs;

/// <summary>A phase that took longer than usual.</summary>
/// <param name="Phase"><c>fetch</c>, <c>compare</c>, <c>update</c>, <c>verify</c> or <c>total</c>.</param>
/// <param name="Took">What it took.</param>
/// <param name="Usual">What it takes usually: the median.</param>
public sealed record SlowPhase(string Phase, TimeSpan Took, TimeSpan Usual);
