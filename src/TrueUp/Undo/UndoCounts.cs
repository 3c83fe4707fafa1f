namespace TrueUp.Undo;

/// <summary>What became of the rows a run had changed.</summary>
public sealed record UndoCounts
{
    /// <summary>Overwritten rows that were put back.</summary>
    public long RestoredUpdates { get; init; }

    /// <summary>Deleted rows that were put back.</summary>
    public long RestoredDeletes { get; init; }

    /// <summary>Rows that were as before the run already.</summary>
    public long AlreadyBack { get; init; }

    /// <summary>Rows that were left alone because they are no longer what the run left.</summary>
    public long Conflicts { get; init; }

    /// <summary>Rows the run created; an undo leaves them.</summary>
    public long CreatedLeft { get; init; }

    /// <summary>Changed rows of which no image was kept, so that they cannot be put back.</summary>
    public long NotKept { get; init; }
}
