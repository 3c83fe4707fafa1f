using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Runs;

/// <summary>The rows of a table that does not exist yet, for dry runs.</summary>
internal sealed class EmptyRowSet : IRowSet
{
    public SidePosition Position { get; } = new("missing", "");

    public bool CanSeek => true;

    public ValueTask<bool> IsEmptyAsync(CancellationToken cancellationToken) => new(true);

    public ValueTask<IReadOnlyList<KeyRange>?> SplitAsync(long rowsPerRange, CancellationToken cancellationToken) =>
        new((IReadOnlyList<KeyRange>?)null);

    public ValueTask<SetDigest[]> DigestAsync(
        Partitioning partitioning,
        long seed,
        CancellationToken cancellationToken
    ) => new(new SetDigest[partitioning.Parts]);

    public IAsyncEnumerable<RowBatch> ReadAsync(
        PartSelection selection,
        IRejectSink? rejects,
        CancellationToken cancellationToken
    ) => AsyncEnumerable.Empty<RowBatch>();

    public IAsyncEnumerable<RowBatch> ReadKeysAsync(
        PartSelection selection,
        long seed,
        CancellationToken cancellationToken
    ) => AsyncEnumerable.Empty<RowBatch>();

    public IAsyncEnumerable<RowBatch> ReadByKeysAsync(RowBatch keys, CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<RowBatch>();

    public ValueTask CheckUnchangedAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
