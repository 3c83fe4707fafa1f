namespace TrueUp.Sides;

/// <summary>
/// A target on which the verifier can test itself: it takes a table of the test's own and removes it afterwards.
/// </summary>
public interface ICanaryTarget : ITarget
{
    /// <summary>Names of canary tables begin with this, and no table of a user does.</summary>
    const string NamePrefix = "trueup_canary_";

    /// <summary>Drops its table, if there is one, and what the state table knows of a pipeline.</summary>
    /// <param name="pipeline">The name the canary was written under.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="InvalidOperationException">Its table is no canary.</exception>
    ValueTask DropCanaryAsync(string pipeline, CancellationToken cancellationToken);
}
