using TrueUp.Connectors.Sqlite.Connections;

namespace TrueUp.Connectors.Sqlite.Schemas;

/// <summary>What one pass over all rows of a source found.</summary>
internal sealed class SourceScan
{
    private SourceScan(ColumnScan[] columns, long longest)
    {
        Columns = columns;
        RowBytesMax = longest;
    }

    /// <summary>By column.</summary>
    public IReadOnlyList<ColumnScan> Columns { get; }

    /// <summary>About the bytes of the longest row.</summary>
    public long RowBytesMax { get; }

    /// <summary>Reads every row.</summary>
    /// <param name="connection">Inside a read transaction.</param>
    /// <param name="sql">A SELECT of these columns.</param>
    /// <param name="columns">Their declarations.</param>
    /// <param name="cancellationToken">Stops the pass.</param>
    public static SourceScan Run(
        Connection connection,
        string sql,
        IEnumerable<DeclaredType> columns,
        CancellationToken cancellationToken
    )
    {
        var scans = columns.Select(c => new ColumnScan(c, connection.IsUtf8)).ToArray();
        using var stop = connection.InterruptWhen(cancellationToken);
        using var statement = connection.Prepare(sql);
        long longest = 0;
        while (statement.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            long length = 0;
            for (var i = 0; i < scans.Length; i++)
            {
                length += scans[i].Add(statement, i);
            }
            longest = Math.Max(longest, length);
        }
        return new SourceScan(scans, longest);
    }
}
