namespace TrueUp.Store.Audit;

/// <summary>A row of <c>sync_record_logs</c>, to be inserted.</summary>
internal sealed record MirrorRow(
    string RunId,
    string Unit,
    string Key,
    string Operation,
    string Result,
    string? Error,
    object Now
)
{
    /// <summary>The values in the order of <see cref="AuditSql.Records"/>.</summary>
    public object?[] Values => [RunId, Unit, Key, Operation, Result, Error, Now, Now];
}
