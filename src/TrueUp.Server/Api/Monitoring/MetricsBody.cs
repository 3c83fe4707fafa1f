namespace TrueUp.Server.Api.Monitoring;

/// <summary>Numbers about a time. Rates are 0 to 1, durations seconds; null where nothing was measured.</summary>
internal sealed record MetricsBody
{
    /// <summary>
    /// Answers taken from the cache instead of a remote interface; null before there is such a source.
    /// </summary>
    public double? CacheHitRatio { get; init; }

    /// <summary>Mean milliseconds of a call of a remote interface; null before there is such a source.</summary>
    public double? AverageResponseTime { get; init; }

    /// <summary>Calls saved; null before there is such a source.</summary>
    public double? ApiCallReduction { get; init; }

    /// <summary>The share of records that failed; of runs where no record was processed.</summary>
    public required double? ErrorRate { get; init; }

    /// <summary>The share of runs that went through.</summary>
    public required double? SyncJobSuccessRate { get; init; }

    /// <summary>The same of each pipeline, within 24 hours.</summary>
    public required IReadOnlyDictionary<string, double?> SuccessRateByEntity { get; init; }

    /// <summary>All in one number, 0 to 100.</summary>
    public required double OverallSyncHealthScore { get; init; }

    /// <summary>Mean seconds of a run.</summary>
    public required double? AverageSyncDuration { get; init; }

    /// <summary>Seconds of the longest run.</summary>
    public required double? PeakSyncDuration { get; init; }

    /// <summary>Records per second of run time.</summary>
    public required double? AverageThroughput { get; init; }

    /// <summary>The most memory at the end of a run, in megabytes.</summary>
    public required double? PeakMemoryUsage { get; init; }

    /// <summary>The share each kind has of all errors; kinds without errors are left out.</summary>
    public required IReadOnlyDictionary<string, double> ErrorRateByType { get; init; }

    /// <summary>The most runs in a row that failed, of any pipeline, as of now.</summary>
    public required long ConsecutiveFailureCount { get; init; }

    /// <summary>Errors of severity CRITICAL.</summary>
    public required long CriticalErrorCount { get; init; }

    /// <summary>Alerts nobody has acknowledged, 1,000 at most.</summary>
    public required int ActiveAlerts { get; init; }

    /// <summary>Alerts that were escalated; 0 before this server evaluates alert rules.</summary>
    public int AlertEscalationCount { get; init; }

    /// <summary>Mean seconds from an error to its resolution, of errors of the time.</summary>
    public required double? MeanTimeToResolution { get; init; }
}
