namespace TrueUp.Pipelines;

/// <summary>What Policy allows, and so what Prove must show.</summary>
public enum SyncMode
{
    /// <summary>Create, update and delete: the target equals the source.</summary>
    Mirror,

    /// <summary>Create and update: every source row is in the target, equal; extra rows are legitimate.</summary>
    Upsert,

    /// <summary>Create only: each row of the run is in the target exactly once.</summary>
    Append,
}
