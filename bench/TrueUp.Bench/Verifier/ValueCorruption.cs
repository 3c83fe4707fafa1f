namespace TrueUp.Bench.Verifier;

/// <summary>One value becomes another.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Column">The column.</param>
/// <param name="Change">The value that a value becomes; itself where the damage does not fit it.</param>
internal sealed record ValueCorruption(string Name, string Column, Func<string?, string?> Change) : Corruption(Name)
{
    /// <summary>True when only a store whose floats can be NaN holds it.</summary>
    public bool NeedsNaN { get; init; }

    public override async Task<IReadOnlyList<long>?> ApplyAsync(
        TargetTable table,
        Random random,
        CancellationToken cancellationToken
    )
    {
        if (!table.Columns.Contains(Column) || (NeedsNaN && !table.HasNaN))
        {
            return null;
        }
        for (var i = 0; i < TriesMax; i++)
        {
            var id = await table.PickAsync(random, cancellationToken);
            var before = await table.ReadAsync(id, Column, cancellationToken);
            var after = Change(before);
            if (after == before)
            {
                continue;
            }
            await table.WriteAsync(id, Column, after, cancellationToken);
            if (await table.ReadAsync(id, Column, cancellationToken) != before)
            {
                return [id];
            }
        }
        return null;
    }
}
