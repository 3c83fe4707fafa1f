namespace TrueUp.Bench.Faults;

/// <summary>Where rows go, looked at with plain SQL and none of TrueUp's code.</summary>
internal interface IFaultTarget
{
    /// <summary>The side as a pipeline file has it.</summary>
    string Yaml { get; }

    /// <summary>Its rows as <see cref="Truth"/> writes them; none when there is no table.</summary>
    Task<List<string>> LinesAsync(CancellationToken cancellationToken);

    /// <summary>What the state table says; zeros when there is none.</summary>
    Task<TargetMark> MarkAsync(CancellationToken cancellationToken);

    /// <summary>Whether somebody is in the middle of a batch.</summary>
    Task<bool> IsLockedAsync(CancellationToken cancellationToken);

    /// <summary>Takes the table away.</summary>
    Task DropAsync(CancellationToken cancellationToken);
}
