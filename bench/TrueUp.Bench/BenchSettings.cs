namespace TrueUp.Bench;

/// <summary>How much and how often.</summary>
/// <param name="Rows">Rows of the data set.</param>
/// <param name="Runs">Counted runs of each side; medians are quoted.</param>
internal sealed record BenchSettings(long Rows, int Runs)
{
    /// <summary>How long a benchmark runs that runs for a time.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A PostgreSQL control database for servers, instead of a file.</summary>
    public bool Postgres { get; init; }
}
