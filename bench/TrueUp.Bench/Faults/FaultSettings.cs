namespace TrueUp.Bench.Faults;

/// <summary>How much and how often.</summary>
/// <param name="Times">Faults in all, over all routes.</param>
/// <param name="Seed">Where every random choice comes from; moments in time are as exact as the machine's
/// scheduler.</param>
/// <param name="Rows">Rows of the source.</param>
/// <param name="Routes">Names of the routes to take (<see cref="Route"/>); empty for all of the program's.</param>
internal sealed record FaultSettings(int Times, int Seed, int Rows, IReadOnlyList<string> Routes)
{
    /// <summary>Steps over all times, for programs that count these; 0 for others.</summary>
    public long Steps { get; init; }

    /// <summary>The one time of these to do again, or null for all.</summary>
    public int? Only { get; init; }

    /// <summary>As on the command line.</summary>
    public string Arguments =>
        Steps > 0 ? $"--seeds {Times} --steps {Steps} --seed {Seed}"
        : Rows > 0 ? $"--times {Times} --rows {Rows} --seed {Seed}"
        : $"--times {Times} --seed {Seed}";

    /// <summary>The longest that one command may take before it counts as hanging.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(3);
}
