using TrueUp.Digests;
using TrueUp.Rows;

namespace TrueUp.Sides;

/// <summary>
/// The rows of one side at one position, readable as often as needed with the same result each time: a snapshot of a
/// database, a file of known identity, a spool. Rows arrive in the plan's carriers.
/// </summary>
public interface IRowSet : IAsyncDisposable
{
    /// <summary>What this reading is about.</summary>
    SidePosition Position { get; }

    /// <summary>True when rows can be fetched by key and by part without reading everything.</summary>
    bool CanSeek { get; }

    /// <summary>True when it is known before reading that no two rows share a key and that none lacks it.</summary>
    bool HasUniqueKeys => false;

    /// <summary>Whether there is no row at all.</summary>
    ValueTask<bool> IsEmptyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Cuts the key space into ranges of about this many rows, from the data; null when the side cannot.
    /// </summary>
    ValueTask<IReadOnlyList<KeyRange>?> SplitAsync(long rowsPerRange, CancellationToken cancellationToken);

    /// <summary>The digest of each part.</summary>
    /// <returns>One digest for each part number of the partitioning.</returns>
    ValueTask<SetDigest[]> DigestAsync(Partitioning partitioning, long seed, CancellationToken cancellationToken);

    /// <summary>Reads whole rows (<see cref="RowPlan.Schema"/>). The receiver disposes each batch.</summary>
    /// <param name="selection">Which parts.</param>
    /// <param name="rejects">Told of records that cannot be carried; null when an earlier reading told already.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    IAsyncEnumerable<RowBatch> ReadAsync(
        PartSelection selection,
        IRejectSink? rejects,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Reads keys with row hashes (<see cref="RowPlan.DigestSchema"/>). The receiver disposes each batch.
    /// </summary>
    IAsyncEnumerable<RowBatch> ReadKeysAsync(PartSelection selection, long seed, CancellationToken cancellationToken);

    /// <summary>Reads the whole rows of the given keys, in any order; a key without a row is left out.</summary>
    /// <exception cref="NotSupportedException"><see cref="CanSeek"/> is false.</exception>
    IAsyncEnumerable<RowBatch> ReadByKeysAsync(RowBatch keys, CancellationToken cancellationToken);

    /// <summary>Makes sure that what was read is still what the position says.</summary>
    /// <exception cref="SideException">The source changed while it was read.</exception>
    ValueTask CheckUnchangedAsync(CancellationToken cancellationToken);
}
