namespace TrueUp.Bench.Verifier;

/// <summary>Damage to whole rows, or to several values at once.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Damage">Damages the table and returns the keys that are wrong; null to be tried with other
/// rows.</param>
internal sealed record RowCorruption(
    string Name,
    Func<TargetTable, Random, CancellationToken, Task<IReadOnlyList<long>?>> Damage
) : Corruption(Name)
{
    public override async Task<IReadOnlyList<long>?> ApplyAsync(
        TargetTable table,
        Random random,
        CancellationToken cancellationToken
    )
    {
        for (var i = 0; i < TriesMax; i++)
        {
            if (await Damage(table, random, cancellationToken) is { } keys)
            {
                return keys;
            }
        }
        return null;
    }
}
