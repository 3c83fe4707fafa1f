namespace TrueUp.Bench;

/// <summary>How much and how often.</summary>
/// <param name="Rows">Rows of the data set.</param>
/// <param name="Runs">Counted runs of each side; medians are quoted.</param>
internal sealed record BenchSettings(long Rows, int Runs);
