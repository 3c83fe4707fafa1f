using TrueUp.Connectors.Postgres.Sessions;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Reading;

/// <summary>
/// The rows of a snapshot of a server that does not digest as we do: another encoding, another hash. They are digested
/// here.
/// </summary>
internal sealed class ScannedPgRowSet(Snapshot snapshot, RowPlan plan, RowReader rows, string name)
    : ScannedRowSet(plan)
{
    private readonly string _reading = $"Reading {name}";

    public override SidePosition Position => snapshot.Position;

    public override bool CanSeek => true;

    public override ValueTask<bool> IsEmptyAsync(CancellationToken cancellationToken) =>
        Guard.RunAsync(_reading, PgPhase.Reading, () => rows.IsEmptyAsync(cancellationToken), cancellationToken);

    public override IAsyncEnumerable<RowBatch> ReadByKeysAsync(RowBatch keys, CancellationToken cancellationToken) =>
        Guard.StreamAsync(_reading, rows.ReadByKeysAsync(keys, cancellationToken), cancellationToken);

    public override ValueTask CheckUnchangedAsync(CancellationToken cancellationToken) =>
        Guard.RunAsync(_reading, PgPhase.Reading, () => snapshot.CheckAsync(cancellationToken), cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await snapshot.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override IAsyncEnumerable<RowBatch> ScanAsync(
        IRejectSink? rejects,
        CancellationToken cancellationToken
    ) => Guard.StreamAsync(_reading, rows.ReadAsync(null, rejects, cancellationToken), cancellationToken);
}
