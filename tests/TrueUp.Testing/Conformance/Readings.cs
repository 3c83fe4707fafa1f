using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Testing.Conformance;

/// <summary>Reads row sets to the end, and digests rows in this process as the measure for what a side says.</summary>
public static class Readings
{
    /// <summary>Every tuple as base64, in the order of arrival.</summary>
    public static async Task<List<string>> TuplesAsync(this IAsyncEnumerable<RowBatch> batches)
    {
        List<string> tuples = [];
        await foreach (var batch in batches)
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    tuples.Add(Convert.ToBase64String(batch.Row(i)));
                }
            }
        }
        return tuples;
    }

    /// <summary>Every tuple of a batch as base64; disposes the batch.</summary>
    public static List<string> Tuples(this RowBatch batch)
    {
        using (batch)
        {
            return [.. Enumerable.Range(0, batch.Count).Select(i => Convert.ToBase64String(batch.Row(i)))];
        }
    }

    /// <summary>Everything a row set has, in an order that does not depend on the side.</summary>
    public static async Task<List<string>> AllAsync(this IRowSet rows, IRejectSink? rejects = null)
    {
        var tuples = await rows.ReadAsync(PartSelection.Everything, rejects, CancellationToken.None).TuplesAsync();
        tuples.Sort(StringComparer.Ordinal);
        return tuples;
    }

    /// <summary>The digests of rows by part, computed here.</summary>
    public static SetDigest[] Digest(RowBatch rows, Partitioning partitioning, long seed)
    {
        var hasher = new RowHasher(rows.Schema);
        var digests = new SetDigest[partitioning.Parts];
        for (var i = 0; i < rows.Count; i++)
        {
            var part = partitioning.PartOf(rows.Schema, rows.Row(i), hasher);
            if (part >= 0)
            {
                digests[part] = digests[part].Add(hasher.HashRow(rows.Row(i), seed));
            }
        }
        return digests;
    }

    /// <summary>The hash of each row, as Compare would hand it to a writer.</summary>
    public static long[] Hashes(RowBatch rows, long seed)
    {
        var hasher = new RowHasher(rows.Schema);
        return [.. Enumerable.Range(0, rows.Count).Select(i => hasher.HashRow(rows.Row(i), seed))];
    }
}

/// <summary>Keeps what it is told.</summary>
public sealed class RejectList : List<RejectedRecord>, IRejectSink
{
    /// <inheritdoc/>
    public void Reject(RejectedRecord record) => Add(record);
}
