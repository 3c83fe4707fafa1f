using TrueUp.Rows;

namespace TrueUp.Sides;

/// <summary>A store that rows go to. One instance serves one run of one unit.</summary>
public interface ITarget : IAsyncDisposable
{
    /// <summary>What it is, for messages: a path and table, or host, database and table. Never a secret.</summary>
    string Name { get; }

    /// <summary>The columns and key of its table, or null when there is no table yet.</summary>
    /// <exception cref="SideException">It is unreachable or may not be read.</exception>
    ValueTask<SideSchema?> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>Whether an existing column gives back every value of this carrier as it was written.</summary>
    bool CanHold(Column column, LogicalType carrier);

    /// <summary>
    /// The carrier for a column that the target will create for values of this type: the type itself, or text where the
    /// target
    /// has nothing that holds it; null when even text cannot.
    /// </summary>
    ValueTask<LogicalType?> CarrierForNewAsync(LogicalType type, CancellationToken cancellationToken);

    /// <summary>Creates the table, or adds the named columns to it. Does nothing when neither is needed.</summary>
    /// <param name="plan">What the table has to hold.</param>
    /// <param name="create">True to create the table with the plan's key as primary key.</param>
    /// <param name="addColumns">Target names of the plan's columns to add.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask PrepareAsync(
        RowPlan plan,
        bool create,
        IReadOnlyList<string> addColumns,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Opens the rows the pipeline owns, as they are now (<see cref="PlannedColumn.TargetName"/>). Writes nothing.
    /// </summary>
    ValueTask<IRowSet> OpenAsync(RowPlan plan, CancellationToken cancellationToken);

    /// <summary>What the last writer left about a pipeline's unit, or null. Writes nothing.</summary>
    ValueTask<TargetState?> ReadStateAsync(string pipeline, CancellationToken cancellationToken);

    /// <summary>Takes the pipeline's next epoch, which shuts every older writer out, and opens a writer.</summary>
    /// <param name="pipeline">The pipeline's name, with the unit's behind a slash when it has units.</param>
    /// <param name="runId">The run that writes.</param>
    /// <param name="after">The epoch that must still be the newest, 0 for none; null to take over from whoever holds
    /// it.</param>
    /// <param name="plan">What is written.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="FencedException">Another run took an epoch since <paramref name="after"/>; it keeps
    /// it.</exception>
    ValueTask<ITargetWriter> BeginAsync(
        string pipeline,
        string runId,
        long? after,
        RowPlan plan,
        CancellationToken cancellationToken
    );

    /// <summary>Which of the values have no row in a table of this store.</summary>
    /// <param name="table">The table, as pipeline files name it.</param>
    /// <param name="column">Its column.</param>
    /// <param name="values">Display texts, distinct.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<IReadOnlySet<string>> MissingAsync(
        string table,
        string column,
        IReadOnlyCollection<string> values,
        CancellationToken cancellationToken
    );
}
