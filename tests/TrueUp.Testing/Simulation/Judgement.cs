using TrueUp.Pipelines;

namespace TrueUp.Testing.Simulation;

/// <summary>
/// What the mode's predicate says about a source and a target, worked out row by row and without a digest.
/// </summary>
/// <param name="Gaps">Rows that are missing.</param>
/// <param name="Drift">Rows that differ.</param>
/// <param name="Extra">Rows that should not be there.</param>
/// <param name="Kept">Rows that differ because the target's is newer.</param>
internal readonly record struct Judgement(int Gaps, int Drift, int Extra, int Kept)
{
    public bool Holds => Gaps + Drift + Extra == 0;

    /// <param name="pipeline">The mode.</param>
    /// <param name="source">The source's records.</param>
    /// <param name="target">The target's rows by key, those of others too.</param>
    /// <param name="refused">Keys of rows that the target refused.</param>
    public static Judgement Of(
        PipelineDefinition pipeline,
        SourceView source,
        IReadOnlyDictionary<string, ModelRow> target,
        IReadOnlySet<string> refused
    )
    {
        int gaps = 0,
            drift = 0,
            kept = 0;
        foreach (var (key, row) in source.Valid)
        {
            if (!target.TryGetValue(key, out var there) || !there.IsOwned)
            {
                gaps += refused.Contains(key) ? 0 : 1;
            }
            else if (!string.Equals(there.Bytes, row.Bytes, StringComparison.Ordinal))
            {
                if (pipeline.Mode != SyncMode.Append && refused.Contains(key))
                {
                    continue;
                }
                var isNewer = pipeline is { Mode: SyncMode.Upsert, UpdatedAt: not null } && there.Stamp > row.Stamp;
                kept += isNewer ? 1 : 0;
                drift += isNewer ? 0 : 1;
            }
        }
        var extra =
            pipeline.Mode != SyncMode.Mirror || source.HasUnknownKey
                ? 0
                : target.Count(t => t.Value.IsOwned && !source.Keys.Contains(t.Key));
        return new Judgement(gaps, drift, extra, kept);
    }
}
