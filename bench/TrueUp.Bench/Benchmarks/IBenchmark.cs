using TrueUp.Bench.Measuring;

namespace TrueUp.Bench.Benchmarks;

/// <summary>One comparison with a peer.</summary>
internal interface IBenchmark
{
    string Name { get; }

    /// <summary>What is compared, for the table.</summary>
    string Title { get; }

    /// <summary>Whether it runs when none is named.</summary>
    bool IsDefault => true;

    Task<BenchResult> RunAsync(BenchSettings settings, CancellationToken cancellationToken);
}
