namespace TrueUp.Store.Audit;

/// <summary>A row of <c>sync_record_logs</c>, as parameters of its insert.</summary>
internal sealed record MirrorRow(string RunId, string Unit, string Key, string Operation, string Result, string? Error,
    object Now);
