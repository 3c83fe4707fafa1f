using TrueUp.Runs;

namespace TrueUp.Cli.Results;

/// <summary>Wall time by phase, in milliseconds.</summary>
internal sealed record PhasesBody(long FetchMs, long CompareMs, long UpdateMs, long VerifyMs, long TotalMs)
{
    /// <summary>The JSON form of times.</summary>
    public static PhasesBody Of(PhaseTimes times) =>
        new(Ms(times.Fetch), Ms(times.Compare), Ms(times.Update), Ms(times.Verify), Ms(times.Total));

    private static long Ms(TimeSpan time) => (long)Math.Round(time.TotalMilliseconds);
}
