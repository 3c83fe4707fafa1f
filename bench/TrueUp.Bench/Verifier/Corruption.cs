namespace TrueUp.Bench.Verifier;

/// <summary>A kind of damage.</summary>
/// <param name="Name">What people call it.</param>
internal abstract record Corruption(string Name)
{
    /// <summary>Random rows that are tried until the damage fits one.</summary>
    protected const int TriesMax = 60;

    /// <summary>Does it in a random place; what it did to the table is read back, so that it is known to be
    /// damage.</summary>
    /// <returns>The keys that are wrong now; null when the table cannot be damaged in this way.</returns>
    public abstract Task<IReadOnlyList<long>?> ApplyAsync(
        TargetTable table,
        Random random,
        CancellationToken cancellationToken
    );
}
