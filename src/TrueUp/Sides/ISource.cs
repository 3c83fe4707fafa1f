using TrueUp.Rows;

namespace TrueUp.Sides;

/// <summary>A store that rows come from. One instance serves one run of one unit.</summary>
public interface ISource : IAsyncDisposable
{
    /// <summary>What it is, for messages: a path, or host, database and table. Never a secret.</summary>
    string Name { get; }

    /// <summary>Its columns and key.</summary>
    /// <exception cref="SideException">It is missing, unreachable or unreadable.</exception>
    ValueTask<SideSchema> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>Whether the column's values can be given in this carrier exactly, or refused one by one.</summary>
    bool CanGive(Column column, LogicalType carrier);

    /// <summary>Fixes a position and opens the rows at it.</summary>
    /// <param name="plan">What to read; see <see cref="PlannedColumn.SourceName"/>.</param>
    /// <param name="cancellationToken">Cancels opening.</param>
    ValueTask<IRowSet> OpenAsync(RowPlan plan, CancellationToken cancellationToken);
}
