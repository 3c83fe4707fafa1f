using Microsoft.Extensions.Logging;
using TrueUp.Runs;

namespace TrueUp.Server.Metrics;

/// <summary>Events 2300–2399. What was done with which table; single records and batches only at DEBUG.</summary>
internal static partial class Log
{
    [LoggerMessage(
        2300,
        LogLevel.Information,
        "{Table} {Operation}: {Verdict}, {Records} records in {ProcessingTimeMs:0} ms"
    )]
    public static partial void TableDone(
        this ILogger logger,
        string table,
        string operation,
        Verdict verdict,
        long records,
        double processingTimeMs
    );

    [LoggerMessage(2301, LogLevel.Debug, "{Table} {Operation}: {BatchSize} records in {ProcessingTimeMs:0} ms")]
    public static partial void BatchDone(
        this ILogger logger,
        string table,
        string operation,
        int batchSize,
        double processingTimeMs
    );

    [LoggerMessage(2302, LogLevel.Debug, "{Table}: record {RecordId} cannot be synchronised: {Issue}")]
    public static partial void SetApart(this ILogger logger, string table, string recordId, string issue);
}
