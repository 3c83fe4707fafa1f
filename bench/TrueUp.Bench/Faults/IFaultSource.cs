namespace TrueUp.Bench.Faults;

/// <summary>Where rows come from.</summary>
internal interface IFaultSource
{
    /// <summary>The side as a pipeline file has it.</summary>
    string Yaml { get; }

    /// <summary>Makes it hold exactly the truth.</summary>
    Task WriteAsync(Truth truth, CancellationToken cancellationToken);
}
