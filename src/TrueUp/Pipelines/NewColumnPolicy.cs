namespace TrueUp.Pipelines;

/// <summary>What to do when the source has a column that the existing target table lacks.</summary>
public enum NewColumnPolicy
{
    /// <summary>Add it to the target.</summary>
    Add,

    /// <summary>Refuse the run.</summary>
    Refuse,

    /// <summary>Leave it out, with a warning.</summary>
    Ignore,
}
