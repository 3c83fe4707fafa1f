using TrueUp.Rows;

namespace TrueUp.Sides;

/// <summary>
/// What travels: the column pairs with their carriers, and the key. It is fixed before the first row; both sides read,
/// digest
/// and write by it.
/// </summary>
public sealed class RowPlan
{
    /// <param name="columns">The pairs, in tuple order.</param>
    /// <param name="keyOrdinals">The key's positions among them, in key order; at least one.</param>
    /// <param name="stampOrdinal">The position of the column that says when a row was last changed, or null.</param>
    public RowPlan(IReadOnlyList<PlannedColumn> columns, IReadOnlyList<int> keyOrdinals, int? stampOrdinal = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(keyOrdinals);
        if (keyOrdinals.Count == 0)
        {
            throw new ArgumentException("A plan needs a key.", nameof(keyOrdinals));
        }
        Columns = columns;
        StampOrdinal = stampOrdinal;
        Schema = new RowSchema([.. columns.Select(c => new Column(c.TargetName, c.Carrier, c.Nullable))], keyOrdinals);
        var digest = new List<Column>(KeySchema.Columns) { new("", LogicalType.Int64, Nullable: false) };
        if (stampOrdinal is { } stamp)
        {
            digest.Add(Schema.Columns[stamp]);
        }
        DigestSchema = new RowSchema(digest, KeySchema.KeyOrdinals);
    }

    /// <summary>The column pairs, in tuple order.</summary>
    public IReadOnlyList<PlannedColumn> Columns { get; }

    /// <summary>The position of the column that says when a row was last changed, or null.</summary>
    public int? StampOrdinal { get; }

    /// <summary>A whole row, by target names.</summary>
    public RowSchema Schema { get; }

    /// <summary>The key alone.</summary>
    public RowSchema KeySchema => Schema.KeySchema;

    /// <summary>
    /// The key, the row's hash (int64), and the stamp where there is one: what <see cref="IRowSet.ReadKeysAsync"/>
    /// yields.
    /// </summary>
    public RowSchema DigestSchema { get; }

    /// <summary>The longest row that is carried, in bytes of its transport form.</summary>
    public int RowBytesMax { get; init; } = 32 << 20;
}
