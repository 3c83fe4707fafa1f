using System.Globalization;
using TrueUp.Connectors.Postgres.Sessions;
using TrueUp.Connectors.Postgres.Sql;
using TrueUp.Digests;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Connectors.Postgres.Reading;

/// <summary>The rows of a snapshot, digested by the server.</summary>
/// <param name="snapshot">The moment; disposed with the row set.</param>
/// <param name="sql">What is read.</param>
/// <param name="rows">Reads whole rows.</param>
/// <param name="name">For messages.</param>
internal sealed class PgRowSet(Snapshot snapshot, RowSql sql, RowReader rows, string name) : IRowSet
{
    private const int Workers = 2;

    private readonly SnapshotReader _reader = new(snapshot);
    private readonly string _reading = $"Reading {name}";

    public SidePosition Position => snapshot.Position;

    public bool CanSeek => true;

    public ValueTask<bool> IsEmptyAsync(CancellationToken cancellationToken) =>
        Guard.RunAsync(_reading, PgPhase.Reading, () => rows.IsEmptyAsync(cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<KeyRange>?> SplitAsync(long rowsPerRange, CancellationToken cancellationToken) =>
        Guard.RunAsync(
            _reading,
            PgPhase.Reading,
            () => new KeySplitter(_reader, sql, rows.Scope).SplitAsync(rowsPerRange, cancellationToken),
            cancellationToken
        );

    public ValueTask<SetDigest[]> DigestAsync(
        Partitioning partitioning,
        long seed,
        CancellationToken cancellationToken
    ) =>
        Guard.RunAsync(
            $"Digesting {name}",
            PgPhase.Reading,
            () =>
                _reader.QueryAsync(
                    Workers,
                    session => DigestAsync(session, partitioning, seed, cancellationToken),
                    cancellationToken
                ),
            cancellationToken
        );

    public IAsyncEnumerable<RowBatch> ReadAsync(
        PartSelection selection,
        IRejectSink? rejects,
        CancellationToken cancellationToken
    ) => Guard.StreamAsync(_reading, rows.ReadAsync(Where(selection), rejects, cancellationToken), cancellationToken);

    public IAsyncEnumerable<RowBatch> ReadKeysAsync(
        PartSelection selection,
        long seed,
        CancellationToken cancellationToken
    )
    {
        var stamp = sql.Plan.StampOrdinal is { } ordinal ? $", {sql.Values[ordinal]}" : "";
        var select =
            $"SELECT {sql.KeyList}, {sql.RowHash(seed)}{stamp} {sql.FromWhere(rows.Scope, rows.Fits, Where(selection))}";
        return Guard.StreamAsync(
            _reading,
            _reader.CopyAsync(select, sql.Plan.DigestSchema, Workers, null, cancellationToken),
            cancellationToken
        );
    }

    public IAsyncEnumerable<RowBatch> ReadByKeysAsync(RowBatch keys, CancellationToken cancellationToken) =>
        Guard.StreamAsync(_reading, rows.ReadByKeysAsync(keys, cancellationToken), cancellationToken);

    public ValueTask CheckUnchangedAsync(CancellationToken cancellationToken) =>
        Guard.RunAsync(_reading, PgPhase.Reading, () => snapshot.CheckAsync(cancellationToken), cancellationToken);

    public ValueTask DisposeAsync() => snapshot.DisposeAsync();

    private string? Where(PartSelection selection) => new PartSql(selection.Partitioning, sql).Where(selection.Parts);

    private async ValueTask<SetDigest[]> DigestAsync(
        Session session,
        Partitioning partitioning,
        long seed,
        CancellationToken cancellationToken
    )
    {
        var parts = new PartSql(partitioning, sql);
        var isWhole = partitioning.Parts == 1;
        var from = sql.FromWhere(rows.Scope, rows.Fits, parts.Where(null));
        // Sums are numeric, which never overflows. The arm that yields nothing keeps the planner from guessing one
        // group for
        // each key, which would have it sort every row; with a few groups it sums up in the parallel workers (3 × as
        // fast).
        await using var command = session.Command(
            isWhole
                ? $"SELECT 0::int8, count(*), coalesce(sum({sql.RowHash(seed)}), 0)::text {from}"
                : $"""
                SELECT n, count(*), sum(h)::text FROM (
                  SELECT {parts.Number} AS n, {sql.RowHash(seed)} AS h {from}
                  UNION ALL SELECT 0::int8, 0::int8 {sql.FromWhere("false")}) AS x
                GROUP BY n
                """
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var digests = new SetDigest[partitioning.Parts];
        while (await reader.ReadAsync(cancellationToken))
        {
            if (await reader.IsDBNullAsync(0, cancellationToken))
            {
                continue;
            }

            var part = isWhole ? 0 : parts.PartOf(reader.GetInt64(0));
            if (part >= 0)
            {
                digests[part] += new SetDigest(
                    reader.GetInt64(1),
                    Int128.Parse(reader.GetString(2), CultureInfo.InvariantCulture)
                );
            }
        }
        return digests;
    }
}
