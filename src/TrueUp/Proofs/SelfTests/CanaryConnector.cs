using System.Runtime.CompilerServices;
using TrueUp.Pipelines;
using TrueUp.Rows;
using TrueUp.Sides;

namespace TrueUp.Proofs.SelfTests;

/// <summary>Serves the canary's rows as a source, from memory.</summary>
internal sealed class CanaryConnector(IReadOnlyList<string?[]> rows) : IConnector
{
    /// <summary>The type the canary's pipeline names.</summary>
    public const string Type = "canary";

    public IReadOnlyList<string> SourceTypes { get; } = [Type];

    public IReadOnlyList<string> TargetTypes { get; } = [];

    public IReadOnlyList<SideOption> Options(string type, SideRole role) => [];

    public IEnumerable<Finding> Validate(SideDefinition side, SideRole role) => [];

    public ValueTask<IReadOnlyList<SideUnit>> UnitsAsync(SideDefinition source, CancellationToken cancellationToken) =>
        new([new SideUnit("", source, null)]);

    public ISource OpenSource(SideDefinition side) => new Source(rows);

    public ITarget OpenTarget(SideDefinition side) => throw new NotSupportedException("A canary is no target.");

    private sealed class Source(IReadOnlyList<string?[]> rows) : ISource
    {
        public string Name => "the canary";

        public ValueTask<SideSchema> DescribeAsync(CancellationToken cancellationToken) =>
            new(new SideSchema(CanaryRows.Columns, [CanaryRows.Columns[0].Name], [], []));

        // Every value is known as text; what a type's codec reads, it gives.
        public bool CanGive(Column column, LogicalType carrier) =>
            column.Type == carrier || carrier.Kind == LogicalKind.Text || carrier.Kind == column.Type.Kind;

        public ValueTask<IRowSet> OpenAsync(RowPlan plan, CancellationToken cancellationToken) =>
            new(new RowSet(plan, rows));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class RowSet(RowPlan plan, IReadOnlyList<string?[]> rows) : ScannedRowSet(plan)
    {
        public override SidePosition Position { get; } = new("canary", "memory");

        protected override async IAsyncEnumerable<RowBatch> ScanAsync(
            IRejectSink? rejects,
            [EnumeratorCancellation] CancellationToken cancellationToken
        )
        {
            await ValueTask.CompletedTask;
            using var builder = new RowBatchBuilder(Plan.Schema);
            for (var i = 0; i < rows.Count; i++)
            {
                CanaryRows.Write(builder, Plan.Schema, rows[i], i + 1);
            }
            yield return builder.Build();
        }
    }
}
