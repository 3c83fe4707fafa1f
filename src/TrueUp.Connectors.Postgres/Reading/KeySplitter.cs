using System.Globalization;
using TrueUp.Connectors.Postgres.Catalog;
using TrueUp.Connectors.Postgres.Sessions;
using TrueUp.Connectors.Postgres.Sql;
using TrueUp.Digests;
using TrueUp.Rows;

namespace TrueUp.Connectors.Postgres.Reading;

/// <summary>
/// Cuts the key space where the data is: exact quantiles of a small table, quantiles of sampled pages of a large one.
/// Nothing
/// depends on statistics, and gaps or lumps in the keys do not matter.
/// </summary>
internal sealed class KeySplitter(SnapshotReader reader, RowSql sql, string? scope)
{
    private const long ExactBytesMax = 64 << 20;
    private const double SampledPages = 1000;
    private const double PageBytes = 8192;

    private LogicalKind Kind => sql.Plan.KeySchema.Columns[0].Type.Kind;

    public async ValueTask<IReadOnlyList<KeyRange>?> SplitAsync(long rowsPerRange, CancellationToken cancellationToken)
    {
        if (!KeyRange.IsOrdered(Kind) || !sql.Table.HasPages)
        {
            return null;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(rowsPerRange, 1);
        return KeyRange.Cut(
            await reader.QueryAsync(
                workers: 2,
                async session =>
                {
                    var size = await TableSize.MeasureAsync(session, sql.Table.Oid, cancellationToken);
                    return await BoundsAsync(session, size, rowsPerRange, cancellationToken);
                },
                cancellationToken
            )
        );
    }

    private async ValueTask<List<byte[]>> BoundsAsync(
        Session session,
        TableSize size,
        long rowsPerRange,
        CancellationToken cancellationToken
    )
    {
        var (sample, step) = ("", rowsPerRange);
        if (size.Bytes > ExactBytesMax)
        {
            var fraction = SampledPages * PageBytes / size.Bytes;
            sample = string.Create(
                CultureInfo.InvariantCulture,
                $" TABLESAMPLE SYSTEM ({fraction * 100:F9}) REPEATABLE (1)"
            );
            step = Math.Max(1, (long)(rowsPerRange * fraction));
        }
        var key = sql.Values[sql.Plan.Schema.KeyOrdinals[0]];
        await using var command = session.Command(
            $"""
            SELECT {Send}(k) FROM (
              SELECT DISTINCT k FROM (
                SELECT {key} AS k, row_number() OVER (ORDER BY {sql.LeadingKey}) AS n
                FROM {sql.Table.From} AS t{sample}{RowSql.Where(scope, $"{sql.LeadingKey} IS NOT NULL")}) AS numbered
              WHERE n > 1 AND (n - 1) % $1 = 0) AS bounds
            ORDER BY k
            """,
            step
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        List<byte[]> bounds = [];
        while (await rows.ReadAsync(cancellationToken))
        {
            bounds.Add(rows.GetFieldValue<byte[]>(0));
        }

        return bounds;
    }

    private string Send =>
        Kind switch
        {
            LogicalKind.Int16 => "int2send",
            LogicalKind.Int32 => "int4send",
            LogicalKind.Int64 => "int8send",
            LogicalKind.Date => "date_send",
            LogicalKind.Timestamp => "timestamp_send",
            LogicalKind.TimestampTz => "timestamptz_send",
            _ => "uuid_send",
        };
}
