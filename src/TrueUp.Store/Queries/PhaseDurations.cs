using TrueUp.Runs;

namespace TrueUp.Store.Queries;

/// <summary>Wall time by phase in milliseconds (P23).</summary>
public sealed record PhaseDurations(double FetchMs, double CompareMs, double UpdateMs, double VerifyMs, double TotalMs)
{
    /// <summary>The same times in milliseconds.</summary>
    public static PhaseDurations Of(PhaseTimes times)
    {
        ArgumentNullException.ThrowIfNull(times);
        return new(
            times.Fetch.TotalMilliseconds,
            times.Compare.TotalMilliseconds,
            times.Update.TotalMilliseconds,
            times.Verify.TotalMilliseconds,
            times.Total.TotalMilliseconds
        );
    }

    /// <summary>The same times, as a run has them.</summary>
    public PhaseTimes ToTimes() => new(Of(FetchMs), Of(CompareMs), Of(UpdateMs), Of(VerifyMs), Of(TotalMs));

    private static TimeSpan Of(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
