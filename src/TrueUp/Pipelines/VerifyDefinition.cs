namespace TrueUp.Pipelines;

/// <summary>How a result is proven.</summary>
public sealed record VerifyDefinition
{
    /// <summary>Whether contents are compared; only true is available in this version.</summary>
    public bool Content { get; init; } = true;

    /// <summary>Whether what a proof finds is repaired.</summary>
    public bool Repair { get; init; } = true;

    /// <summary>How often repair is tried before the run fails, 1 to 10.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>
    /// The share of the time that digesting may take, in percent, 1 to 100: below 100 the sides are digested range by
    /// range,
    /// about a second at a time, with pauses between.
    /// </summary>
    public double Throttle { get; init; } = 100;

    /// <summary>How often the verifier tests itself on a canary table of the target's store.</summary>
    public SelfTestPolicy SelfTest { get; init; } = SelfTestPolicy.Off;

    /// <summary>How many records may stay unproven (dead letters) without the verdict <c>incomplete</c>.</summary>
    public Allowance AllowUnproven { get; init; } = Allowance.None;
}
