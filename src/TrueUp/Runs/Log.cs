using Microsoft.Extensions.Logging;

namespace TrueUp.Runs;

/// <summary>What the engine logs; event ids 1000 to 1099.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Run {RunId} of {Pipeline} started ({Trigger})")]
    public static partial void RunStarted(this ILogger logger, string runId, string pipeline, TriggerSource trigger);

    [LoggerMessage(
        1001,
        LogLevel.Information,
        "Run {RunId} of {Pipeline} ended: {Status}, {Verdict}, {Created} created, {Updated} updated, {Deleted} deleted, {Unproven} unproven"
    )]
    public static partial void RunEnded(
        this ILogger logger,
        string runId,
        string pipeline,
        RunStatus status,
        Verdict verdict,
        long created,
        long updated,
        long deleted,
        long unproven
    );

    [LoggerMessage(
        1002,
        LogLevel.Warning,
        "{Pipeline} {Unit}: try {Attempt} follows in {DelayMs:0} ms after: {Reason}"
    )]
    public static partial void Retrying(
        this ILogger logger,
        string pipeline,
        string unit,
        int attempt,
        double delayMs,
        string reason
    );

    [LoggerMessage(1003, LogLevel.Error, "{Pipeline} {Unit} failed ({Code}): {Reason}")]
    public static partial void UnitFailed(
        this ILogger logger,
        string pipeline,
        string unit,
        string code,
        string reason
    );

    [LoggerMessage(1004, LogLevel.Warning, "ALERT {Severity} {Pipeline} {Unit}: {Message}")]
    public static partial void Alert(
        this ILogger logger,
        Audit.Severity severity,
        string pipeline,
        string unit,
        string message
    );
}
