namespace TrueUp.Bench.Faults;

/// <summary>Does one kind of harm again and again and looks whether the promise holds.</summary>
internal interface IFaultProgram
{
    string Name { get; }

    /// <summary>How often without <c>--times</c>.</summary>
    int Times { get; }

    /// <summary>How many rows without <c>--rows</c>.</summary>
    int Rows { get; }

    /// <summary>How many steps without <c>--steps</c>, over all times; 0 where there are none.</summary>
    long Steps => 0;

    /// <summary>Does it; violations are the report's.</summary>
    Task RunAsync(FaultSettings settings, FaultReport report, CancellationToken cancellationToken);
}
