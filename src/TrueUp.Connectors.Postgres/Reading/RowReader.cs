using System.Runtime.CompilerServices;
using TrueUp.Connectors.Postgres.Sql;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Reading;

/// <summary>What a snapshot's rows are asked for, whoever computes the digests.</summary>
/// <param name="reader">Runs the queries.</param>
/// <param name="sql">What is read.</param>
/// <param name="scope">The condition that limits the table, or null.</param>
/// <param name="fits">The condition that a row is not too long, or null when none can be.</param>
internal sealed class RowReader(SnapshotReader reader, RowSql sql, string? scope, string? fits)
{
    /// <summary>The condition every row has to meet, or null.</summary>
    public string? Scope { get; } = scope;

    /// <summary>The condition that a row is not too long, or null.</summary>
    public string? Fits { get; } = fits;

    public ValueTask<bool> IsEmptyAsync(CancellationToken cancellationToken) =>
        reader.QueryAsync(
            workers: 0,
            async session =>
                !(bool)
                    (
                        await session.ScalarAsync(
                            $"SELECT EXISTS (SELECT 1 {sql.FromWhere(Scope, Fits)})",
                            [],
                            cancellationToken
                        )
                    )!,
            cancellationToken
        );

    /// <summary>Whole rows, in the same order each time.</summary>
    public async IAsyncEnumerable<RowBatch> ReadAsync(
        string? part,
        IRejectSink? rejects,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (rejects is not null && Fits is not null)
        {
            await RejectAsync(part, rejects, cancellationToken);
        }

        var select = $"SELECT {sql.PaddedValueList} {sql.FromWhere(Scope, Fits, part)}";
        await foreach (var batch in reader.CopyAsync(select, sql.Plan.Schema, 0, null, cancellationToken, sql.Padded))
        {
            yield return batch;
        }
    }

    /// <summary>Whole rows by their keys.</summary>
    public IAsyncEnumerable<RowBatch> ReadByKeysAsync(RowBatch keys, CancellationToken cancellationToken)
    {
        var columns = sql.Plan.KeySchema.Columns;
        var settings = columns.Select((_, i) => ($"trueup.k{i}", Texts(keys, i))).ToList();
        var typed = string.Join(", ", columns.Select((c, i) => $"u.k{i}::{CarrierSql.TypeOf(c.Type)} AS trueup_k{i}"));
        var arrays = string.Join(", ", columns.Select((_, i) => $"current_setting('trueup.k{i}')::text[]"));
        var names = string.Join(", ", columns.Select((_, i) => $"k{i}"));
        var select = $"""
            SELECT {sql.PaddedValueList} FROM {sql.Table.From} AS t
            JOIN (SELECT {typed} FROM unnest({arrays}) AS u({names})) AS k ON {sql.Match(i => $"k.trueup_k{i}")}
            {RowSql.Where(Scope, Fits)}
            """;
        return reader.CopyAsync(select, sql.Plan.Schema, 0, settings, cancellationToken, sql.Padded);
    }

    private async ValueTask RejectAsync(string? part, IRejectSink rejects, CancellationToken cancellationToken)
    {
        var select = $"SELECT {sql.KeyList} {sql.FromWhere(Scope, part, $"NOT ({Fits})")}";
        await foreach (var batch in reader.CopyAsync(select, sql.Plan.KeySchema, 0, null, cancellationToken))
        {
            using (batch)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    rejects.Reject(
                        new RejectedRecord(
                            "row_too_large",
                            $"The row is longer than {sql.Plan.RowBytesMax} bytes, the most that one row may have."
                        )
                        {
                            Key = batch.Row(i).ToArray(),
                        }
                    );
                }
            }
        }
    }

    private static string[] Texts(RowBatch keys, int ordinal)
    {
        var texts = new List<string>(keys.Count);
        for (var i = 0; i < keys.Count; i++)
        {
            texts.Add(
                FieldReader.At(keys.Row(i), ordinal, out var value)
                    ? SqlLiteral.Display(keys.Schema.Columns[ordinal].Type, value)
                    : throw new ArgumentException("A key to look up has no null in it.", nameof(keys))
            );
        }
        return [.. texts];
    }
}
